"""Exported numbers as a pandas data frame for notebooks; needs the extra `notebook`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from sim.errors import needs
from sim.report.exports.export import Export
from sim.report.exports.tidy import DAY, NUMBER, TEXT, WHOLE

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Final = {TEXT: "str", NUMBER: "float64", WHOLE: "Int64", DAY: "datetime64[s]"}


def check_frames() -> None:
    """Checks that pandas is installed.

    Raises:
        UsageError: It is not installed; the message says how to install it.
    """
    if find_spec("pandas") is None:
        raise needs("notebook")


def tidy_frame(export: Export) -> pd.DataFrame:
    """Returns the rows of an export, one number each; columns that hold nothing are left out."""
    import pandas as pd

    columns = zip(*(row.cells() for row in export.rows), strict=True)
    return pd.DataFrame(
        {
            column.name: pd.Series(values, dtype=_TYPES[column.kind])
            for column, values in zip(export.columns, columns, strict=True)
            if any(value is not None for value in values)
        }
    )
