"""Who calls the rules when: draws, clocks, the SimPy loop, the chronicle."""
