"""Where blocks of runs are played: threads, processes, or a cluster, behind one interface."""
