"""Tables of the model: vocabularies, variables of the state, parameters."""
