"""What a program does, as a hash: syntax, modules, and where names lead."""
