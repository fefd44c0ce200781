"""The rules of the negotiation, written once: fields, acts, agents, talks, agreements."""
