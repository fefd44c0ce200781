"""Rules of information: words in public, and what each side makes of them."""
