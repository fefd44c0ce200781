"""Rules of the negotiation: state, acts, governments, talks, agreements, duties and outcomes."""
