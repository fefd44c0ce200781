"""Everything a person reads: answers, pages of text and HTML, pictures, words."""
