"""Answers from elsewhere: what forms, calls and tests say of candidates, read from a sheet and put into their profiles."""

from matcher.answers.people import Answered, answered
from matcher.answers.sheet import Sheet, SheetReader

__all__ = ["Answered", "Sheet", "SheetReader", "answered"]
