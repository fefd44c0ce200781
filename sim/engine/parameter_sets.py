"""Parameter sets: the values that replace central ones, one vector for each group of runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt


class ParameterSets:
    """Drawn parameters of consecutive runs: a mapping for each run, kept as one table for all.

    Runs of one vector get the same mapping. Compiled code takes the table as it is.

    Attributes:
        names: Names of the drawn parameters.
        numbers: Their values, shape (vectors, names).
        of_run: Row of each run in `numbers`, shape (runs,), ascending.
    """

    def __init__(
        self,
        names: Sequence[str],
        numbers: npt.NDArray[np.float64],
        of_run: npt.NDArray[np.int64],
    ) -> None:
        self.names = tuple(names)
        self.numbers = numbers
        self.of_run = of_run
        self._mappings: dict[int, Mapping[str, float]] = {}

    def __len__(self) -> int:
        return len(self.of_run)

    def __getitem__(self, run: int) -> Mapping[str, float]:
        """Returns the parameters of a run."""
        vector = int(self.of_run[run])
        if vector not in self._mappings:
            values = self.numbers[vector].tolist()
            self._mappings[vector] = dict(zip(self.names, values, strict=True))
        return self._mappings[vector]

    def __iter__(self) -> Iterator[Mapping[str, float]]:
        return (self[run] for run in range(len(self)))
