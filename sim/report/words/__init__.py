"""Words for numbers, events, sides, signs and differences."""
