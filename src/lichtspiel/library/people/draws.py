"""Who a character is, as a number, and the random draws that follow from it.

Every field of a person is drawn from a generator of its own, made from the identity and the
field's name. A field that the screenplay sets by hand is not drawn, and no other draw notices.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.screenplay import Character

Generator = np.random.Generator


def identity(character: Character, film_seed: int, index: int, attempt: int = 0) -> int:
    """Seed of the `index`-th person of a character: from its own seed, else from the film's and its id.

    attempt: counts the re-draws of a face that came out too like another one's.
    """
    if character.likeness is not None and index == 0:
        return character.likeness
    if character.seed is not None:
        key = [1, character.seed, index, attempt]
    else:
        key = [0, film_seed, zlib.crc32(character.id.encode()), index, attempt]
    return int(np.random.SeedSequence(key).generate_state(1)[0])


def generator(seed: int, purpose: str) -> Generator:
    """Generator of one field of the person with this seed."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])


def weighted[T](rng: Generator, shares: Mapping[T, float]) -> T:
    """One of the keys, drawn by its share. Raises ValueError when all shares are zero."""
    keys: Sequence[T] = tuple(shares)
    total = sum(shares.values())
    if total <= 0:
        raise ValueError(f"nothing to choose among {keys}")
    mark = rng.uniform(0, total)
    for key in keys:
        mark -= shares[key]
        if mark <= 0:
            return key
    return keys[-1]


def one_of[T](rng: Generator, options: Sequence[T]) -> T:
    """One of the options, all equally likely."""
    return options[int(rng.integers(len(options)))]
