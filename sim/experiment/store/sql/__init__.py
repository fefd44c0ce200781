"""SQL queries over all stored results: what may be asked, the tables, the answer.

Tables: `runs` (one row per result), `outcomes` (one row per run), `paths` (one row per run and
week) and `events` (one row per event). These three hold each scenario as shipped, once: its newest
batch without changes, with fixed parameters, of the default seed, played by this version of the
model. `all_outcomes`, `all_paths` and `all_events` hold every batch; the columns `changes`,
`parameters`, `seed` and `current` say how they differ.
"""
