"""Errors that a user can act on: each message says what is wrong and what to do, in one line."""


class MatcherError(Exception):
    """The root of the package's own errors; `code` is stable and appears in reports."""

    code = "error"

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class UnreadableError(MatcherError):
    """A file that cannot be turned into text: empty, damaged, encrypted, scanned, of an unknown format."""

    code = "unreadable"


class LimitError(MatcherError):
    """A file that went over a limit on time, memory, pages, characters or bytes."""

    code = "over-limit"


class InputError(MatcherError):
    """A path, option or output that cannot be used as given."""

    code = "bad-input"


class TaxonomyError(MatcherError):
    """A taxonomy source that is not sound; the message names the file and the concept."""

    code = "taxonomy"


class ModelError(MatcherError):
    """A model file that does not belong to this version of the program."""

    code = "model"
