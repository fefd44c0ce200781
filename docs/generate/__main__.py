"""Command `python -m docs.generate`: rewrites the files that are generated from tables.

They are the constants of rules, the schema of scenario files, the table of equilibria, the
tables of `docs/economy.md` and `docs/model.md`, and `docs/features.md`. This takes some seconds.
Charts take minutes and have their own commands: `docs.generate.economy`,
`docs.generate.forecasting`, `docs.generate.tutorial` and `docs.generate.notebook`.
"""

from __future__ import annotations

import subprocess
import sys

# One process each, because later ones read the files that earlier ones write.
for name, *options in (
    ["docs.generate.codes"],
    ["docs.generate.schema"],
    ["sim.scenario.equilibrium_table"],
    ["docs.generate.economy", "--tables"],
    ["docs.generate.features"],
    ["docs.generate.model"],
):
    subprocess.run([sys.executable, "-m", name, *options], check=True)
