"""Rules of relations: mood, trust, and the stages of talks and summits."""
