"""A sequence that is made at the first look behaves as the tuple of its items."""

from __future__ import annotations

import pickle

from matcher.taxonomy.deferred import Deferred


def test_a_deferred_sequence_is_made_once_and_only_when_looked_into():
    calls = []
    made = Deferred(lambda: calls.append(1) or [3, 1, 2])
    assert calls == []
    assert (made[0], made[1:], len(made), list(made), 2 in made) == (3, (1, 2), 3, [3, 1, 2], True)
    assert calls == [1]


def test_a_deferred_sequence_equals_the_tuple_of_its_items():
    made = Deferred(lambda: [1, 2])
    assert made == (1, 2)
    assert made == Deferred(lambda: (1, 2))
    assert made != (2, 1)
    assert (hash(made), repr(made)) == (hash((1, 2)), "(1, 2)")
    assert pickle.loads(pickle.dumps(made)) == (1, 2)
