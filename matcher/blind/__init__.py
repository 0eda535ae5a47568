"""Blind mode: where a resume tells who its owner is, and how a profile or a fit reads without that."""

from matcher.blind.spans import PrivateReader
from matcher.blind.veil import Veil, veiled_fit

__all__ = ["PrivateReader", "Veil", "veiled_fit"]
