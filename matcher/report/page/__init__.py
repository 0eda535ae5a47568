"""`.html`: the shortlists as one page that holds all it needs, for a screen, a phone and paper."""

from matcher.report.page.writer import Page

__all__ = ["Page"]
