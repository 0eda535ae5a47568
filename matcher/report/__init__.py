"""Results written out: JSON lines, tables for spreadsheets, and text for people."""

from matcher.report.records import BANDS, Placed, Ranking, RunInfo, Trouble
from matcher.report.writers import Outputs, Writer, check_outputs

__all__ = ["BANDS", "Outputs", "Placed", "Ranking", "RunInfo", "Trouble", "Writer", "check_outputs"]
