"""Passwords, kept as argon2id hashes with the parameters of RFC 9106's low-memory profile."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

MIN_LENGTH, MAX_LENGTH = 10, 256
"""NIST SP 800-63B asks for length, not for kinds of characters; the upper bound bounds the hashing."""

_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_NOBODY = _hasher.hash("the password of nobody")


class WeakPasswordError(ValueError):
    """The password cannot be taken; the message says why."""


def hashed(password: str, email: str) -> str:
    """The hash to keep. Raises WeakPasswordError."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPasswordError(f"a password has {MIN_LENGTH} to {MAX_LENGTH} characters")
    if password.casefold() in {email.casefold(), email.split("@", maxsplit=1)[0].casefold() * 2}:
        raise WeakPasswordError("the password must not be the e-mail address")
    if len(set(password)) < 4:
        raise WeakPasswordError("the password needs more different characters")
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password fits its hash; takes as long when there is none, so as not to tell who exists."""
    try:
        _hasher.verify(kept or _NOBODY, password[: MAX_LENGTH + 1])
    except VerificationError:
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)
