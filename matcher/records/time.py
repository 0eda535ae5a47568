"""Calendar months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month. `Month - Month` is a number of months; an end month counts in full (Jan 2020 to Mar 2020 = 3)."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "YYYY-MM"; raises ValueError for anything else."""
        year, _, month = text.partition("-")
        found = cls(int(year), int(month))
        if not 1 <= found.month <= 12:
            raise ValueError(f"no such month: {text}")
        return found

    @property
    def index(self) -> int:
        """Months since year 0."""
        return self.year * 12 + self.month - 1

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    def __lt__(self, other: Month) -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
