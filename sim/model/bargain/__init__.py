"""Rules of bargaining: packages, their clauses and worth, and signatures."""
