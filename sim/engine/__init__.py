"""Engines that call the rules: draws, clocks, the SimPy loop, the compiled loop, the chronicle."""
