"""What a person reads: tables, sentences, chronicles."""
