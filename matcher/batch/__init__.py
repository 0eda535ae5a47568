"""Many files read at once, each in a process that can be killed: one bad file costs no other file's result.

The parent process imports neither spaCy nor pdfminer; see docs/batch.md for what was chosen and why.
"""

from matcher.batch.records import Failure, Known, Operation, Outcome, ReadOptions, Task
from matcher.batch.run import default_workers, expect_few, read_all
from matcher.batch.worker import JOB_ENDINGS

__all__ = [
    "JOB_ENDINGS",
    "Failure",
    "Known",
    "Operation",
    "Outcome",
    "ReadOptions",
    "Task",
    "default_workers",
    "expect_few",
    "read_all",
]
