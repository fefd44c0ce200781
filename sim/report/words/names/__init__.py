"""Plain names of parameters and of fields of the state."""
