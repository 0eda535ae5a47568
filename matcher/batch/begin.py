"""Imported by the fork server before all that takes long: everything there is of use, so nothing is worth collecting."""

from __future__ import annotations

import gc

from matcher.reading.lean import import_spacy

gc.disable()  # each worker turns it on when it is ready
import_spacy()
