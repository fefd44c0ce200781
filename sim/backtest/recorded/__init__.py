"""What the record says of a question: how often such a thing came, and what came of it."""
