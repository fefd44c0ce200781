"""Pages of the Python reference: mkdocstrings fills them from docstrings."""

from __future__ import annotations

from typing import Final

PAGES: Final = {
    "python/functions.md": """# Python functions

`import sim` is free of cost; `sim.run`, `sim.compare` and the others are fetched when they are
first used. They take names of scenarios or paths and plain values, and return
[answers](answers.md).

::: sim.api
    options:
      show_root_heading: false
      show_root_toc_entry: false

## Options

The keyword arguments that stand as `**options` above. Those of `WorldOptions` change a scenario;
`StudyOptions` adds how runs are simulated, `Options` which and how many.

::: sim.requests.options.WorldOptions
    options:
      heading_level: 3

::: sim.requests.options.StudyOptions
    options:
      heading_level: 3

::: sim.requests.options.Options
    options:
      heading_level: 3
""",
    "python/answers.md": """# Python answers

What the [functions](functions.md) return. `print(answer)` prints the page that the command line
prints; `answer.to_json()` is what `--json` prints.

::: sim.report.answers
    options:
      show_root_heading: false
      show_root_toc_entry: false
      show_submodules: true
""",
    "python/charts.md": """# Python charts

What `answer.plot` offers. Every method returns a matplotlib figure, which a notebook shows and
`.savefig` writes.

::: sim.report.figures.plots
    options:
      show_root_heading: false
      show_root_toc_entry: false

::: sim.report.figures.tariffs.plots
    options:
      show_root_heading: false
      show_root_toc_entry: false
""",
}
