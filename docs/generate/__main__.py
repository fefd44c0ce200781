"""Command `python -m docs.generate`: rewrites the files that are generated from tables.

They are the constants of rules, the schema of scenario files and the tables of `docs/economy.md`.
This takes seconds. Charts take minutes and have their own commands (`docs.generate.economy`,
`docs.generate.tutorial`).
"""

from __future__ import annotations

import subprocess
import sys

# One process each, because the second imports the file that the first writes.
for name, *options in (["codes"], ["schema"], ["economy", "--tables"]):
    subprocess.run([sys.executable, "-m", f"docs.generate.{name}", *options], check=True)
