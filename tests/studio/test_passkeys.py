"""Passkeys: made for one studio's address, and of no use to any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from lichtspiel.studio import connection
from lichtspiel.studio.accounts import accounts, passkeys, sign_ins
from lichtspiel.studio.accounts.passkeys import PasskeyError, Site
from lichtspiel.studio.database import Account, Challenge, Sessions
from tests.studio.authenticator import Authenticator

SITE = Site("https://films.example.org")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Sessions]:
    opened = connection.sessions(connection.sqlite(tmp_path / "studio.sqlite"))
    yield opened
    opened.kw["bind"].dispose()


@pytest.fixture
def lotte(database: Sessions) -> Account:
    return accounts.add(database, "lotte@example.org")


@pytest.fixture
def phone() -> Authenticator:
    return Authenticator(SITE.origin, SITE.domain)


def added(database: Sessions, lotte: Account, phone: Authenticator) -> str:
    options = passkeys.invitation(database, SITE, lotte)
    return passkeys.add(database, SITE, lotte.id, "phone", phone.create(options)).id


def test_a_passkey_signs_in(database: Sessions, lotte: Account, phone: Authenticator) -> None:
    added(database, lotte, phone)
    for _ in range(2):
        cookie = passkeys.sign_in(database, SITE, phone.get(passkeys.challenge(database, SITE)))
        caller = sign_ins.caller(database, cookie)
        assert caller is not None
        assert caller.account == lotte.id
    (kept,) = passkeys.of(database, lotte.id)
    assert kept.name == "phone"
    assert kept.last_used_at is not None


def test_an_answer_signs_in_only_once(database: Sessions, lotte: Account, phone: Authenticator) -> None:
    added(database, lotte, phone)
    answer = phone.get(passkeys.challenge(database, SITE))
    passkeys.sign_in(database, SITE, answer)
    with pytest.raises(PasskeyError):
        passkeys.sign_in(database, SITE, answer)


def test_a_challenge_ends_by_itself(database: Sessions, lotte: Account, phone: Authenticator) -> None:
    added(database, lotte, phone)
    answer = phone.get(passkeys.challenge(database, SITE))
    with database.begin() as session:
        session.execute(update(Challenge).values(expires_at=1))
    with pytest.raises(PasskeyError, match="try again"):
        passkeys.sign_in(database, SITE, answer)


def test_what_was_signed_for_another_site_is_refused(
    database: Sessions, lotte: Account, phone: Authenticator
) -> None:
    added(database, lotte, phone)
    phone.origin = "https://films.example.com"
    with pytest.raises(PasskeyError, match="not accepted"):
        passkeys.sign_in(database, SITE, phone.get(passkeys.challenge(database, SITE)))


def test_strangers_removed_passkeys_and_nonsense_are_refused(
    database: Sessions, lotte: Account, phone: Authenticator
) -> None:
    stranger = Authenticator(SITE.origin, SITE.domain)
    with pytest.raises(PasskeyError, match="not know"):
        passkeys.sign_in(database, SITE, stranger.get(passkeys.challenge(database, SITE)))
    name = added(database, lotte, phone)
    assert not passkeys.remove(database, "acct_other", name)
    assert passkeys.remove(database, lotte.id, name)
    with pytest.raises(PasskeyError, match="not know"):
        passkeys.sign_in(database, SITE, phone.get(passkeys.challenge(database, SITE)))
    with pytest.raises(PasskeyError, match="no answer"):
        passkeys.sign_in(database, SITE, {"id": "x", "response": "y"})


def test_an_invitation_is_for_one_account(database: Sessions, lotte: Account, phone: Authenticator) -> None:
    emil = accounts.add(database, "emil@example.org")
    answer = phone.create(passkeys.invitation(database, SITE, lotte))
    with pytest.raises(PasskeyError):
        passkeys.add(database, SITE, emil.id, "phone", answer)
