"""What a notebook has of a run besides its page: data frames, probabilities, a grid of charts."""
