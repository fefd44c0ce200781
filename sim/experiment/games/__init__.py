"""Games between strategies: payoffs, equilibria, bargaining frontier."""
