"""Executors that play blocks of runs on threads, processes or a cluster, behind one interface."""
