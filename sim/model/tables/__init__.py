"""Tables of what there is: vocabularies, fields of the state, parameters."""
