"""Program as a hash of what it does: syntax, modules, and where names lead."""
