"""Rules of contacts between the sides: calls, rounds of talks, summits."""
