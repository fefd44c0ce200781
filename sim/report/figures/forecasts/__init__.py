"""Charts of answers that judge the model by the record."""
