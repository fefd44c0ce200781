"""Writes what is generated from tables: `python -m docs.generate` after a change of any of them.

The constants of rules, the schema of scenario files and the tables of `docs/economy.md`; seconds.
Pictures take minutes and have commands of their own (`docs.generate.economy`, `.tutorial`).
"""

from __future__ import annotations

import subprocess
import sys

# One process each: what the first writes is imported by the next.
for name, *options in (["codes"], ["schema"], ["economy", "--tables"]):
    subprocess.run([sys.executable, "-m", f"docs.generate.{name}", *options], check=True)
