"""Conditioning: what the record up to a day tells about how often the two sides act."""
