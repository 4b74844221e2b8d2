"""Accounts: who gets in, by what, and how much of the studio they may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from lichtspiel.studio import connection
from lichtspiel.studio.accounts import accounts, keys, quota, sign_ins
from lichtspiel.studio.accounts.accounts import AccountError
from lichtspiel.studio.accounts.quota import Quota, QuotaError
from lichtspiel.studio.accounts.rates import Rate, Rates
from lichtspiel.studio.database import Account, Sessions, SignIn, Video

PASSWORD = "the long way round"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Sessions]:
    opened = connection.sessions(connection.sqlite(tmp_path / "studio.sqlite"))
    yield opened
    opened.kw["bind"].dispose()


@pytest.fixture
def lotte(database: Sessions) -> Account:
    return accounts.add(database, " Lotte@Example.org ", PASSWORD)


def test_the_first_start_makes_the_operator_and_only_once(database: Sessions) -> None:
    key = keys.first(database)
    assert key is not None
    caller = keys.caller(database, key)
    assert caller is not None
    assert caller.may("operate")
    assert keys.first(database) is None


def test_a_new_operators_key_voids_the_old_one(database: Sessions) -> None:
    old = keys.first(database)
    new = keys.replace(database)
    assert old is not None
    assert keys.caller(database, old) is None
    assert keys.caller(database, new) is not None
    assert len(accounts.every(database)) == 1


def test_a_member_signs_in_by_password_however_the_address_is_written(
    database: Sessions, lotte: Account
) -> None:
    cookie = sign_ins.by_password(database, "LOTTE@example.org", PASSWORD)
    assert cookie is not None
    caller = sign_ins.caller(database, cookie)
    assert caller is not None
    assert caller.account == lotte.id
    assert not caller.may("operate")
    sign_ins.end(database, cookie)
    assert sign_ins.caller(database, cookie) is None


@pytest.mark.parametrize("email", ["lotte@example.org", "nobody@example.org"])
def test_a_wrong_password_opens_nothing(database: Sessions, lotte: Account, email: str) -> None:
    assert sign_ins.by_password(database, email, "the short way round") is None


def test_an_account_without_a_password_is_not_entered_by_an_empty_one(database: Sessions) -> None:
    accounts.add(database, "emil@example.org")
    assert sign_ins.by_password(database, "emil@example.org", "") is None


def test_neither_passwords_nor_cookies_nor_keys_are_kept(database: Sessions, lotte: Account) -> None:
    cookie = sign_ins.start(database, lotte.id)
    key = keys.make(database, lotte.id, "script", ["videos:read"]).secret
    database.kw["bind"].dispose()
    folder = Path(database.kw["bind"].url.database).parent
    bytes_kept = b"".join(file.read_bytes() for file in folder.iterdir())
    for secret in (PASSWORD, cookie, key):
        assert secret.encode() not in bytes_kept


def test_sign_ins_end_by_themselves(database: Sessions, lotte: Account) -> None:
    cookie = sign_ins.start(database, lotte.id)
    with database.begin() as session:
        session.execute(update(SignIn).values(expires_at=1))
    assert sign_ins.caller(database, cookie) is None
    sign_ins.start(database, lotte.id)
    with database() as session:
        assert len(session.scalars(select(SignIn)).all()) == 1


def test_a_new_password_signs_every_browser_out(database: Sessions, lotte: Account) -> None:
    cookie = sign_ins.start(database, lotte.id)
    accounts.change_password(database, lotte.id, "another way round")
    assert sign_ins.caller(database, cookie) is None
    assert sign_ins.by_password(database, lotte.email, PASSWORD) is None
    assert sign_ins.by_password(database, lotte.email, "another way round") is not None


def test_a_closed_account_lets_nobody_in(database: Sessions, lotte: Account) -> None:
    cookie = sign_ins.start(database, lotte.id)
    key = keys.make(database, lotte.id, "script", ["videos:read"]).secret
    accounts.close(database, lotte.id)
    assert sign_ins.caller(database, cookie) is None
    assert keys.caller(database, key) is None
    assert sign_ins.by_password(database, lotte.email, PASSWORD) is None


def test_the_last_operator_stays(database: Sessions) -> None:
    keys.first(database)
    (operator,) = accounts.every(database)
    with pytest.raises(AccountError, match="another operator"):
        accounts.close(database, operator.id)
    accounts.add(database, "second@example.org", role="operator")
    accounts.close(database, operator.id)


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("lotte", PASSWORD, "no e-mail address"),
        ("lo\ntte@example.org", PASSWORD, "no e-mail address"),
        ("emil@example.org", "short", "10 to 256"),
        ("emil@example.org", "aaaaaaaaaaaaaa", "different characters"),
        ("emil@example.org", "emil@example.org", "must not be the e-mail"),
        ("lotte@example.org", PASSWORD, "already"),
    ],
)
def test_what_an_account_cannot_be(
    database: Sessions, lotte: Account, email: str, password: str, says: str
) -> None:
    with pytest.raises(AccountError, match=says):
        accounts.add(database, email, password)


def test_a_key_does_what_its_scopes_say_until_it_is_revoked(database: Sessions, lotte: Account) -> None:
    made = keys.make(database, lotte.id, "script", ["videos:read"])
    caller = keys.caller(database, made.secret)
    assert caller is not None
    assert caller.may("videos:read")
    assert not caller.may("videos:write")
    (kept,) = keys.of_account(database, lotte.id)
    assert kept.last_used_at is not None
    assert made.secret.endswith(kept.ending)
    assert not keys.revoke(database, "acct_other", made.id)
    assert keys.revoke(database, lotte.id, made.id)
    assert keys.caller(database, made.secret) is None


def test_a_daily_quota_counts_deleted_videos_too(database: Sessions, lotte: Account) -> None:
    def asked(seconds: int) -> None:
        with database.begin() as session:
            quota.check(session, Quota(daily_seconds=20), lotte.id, seconds)
            session.add(_video(lotte.id, f"video_{seconds}", seconds, deleted=seconds == 12))

    asked(12)
    asked(8)
    with pytest.raises(QuotaError, match="has asked for 20"):
        asked(4)
    accounts.set_limits(database, lotte.id, concurrency=None, daily_seconds=24)
    asked(4)


def test_only_so_many_videos_may_wait(database: Sessions, lotte: Account) -> None:
    with database.begin() as session:
        session.add(_video(lotte.id, "video_1", 4))
        with pytest.raises(QuotaError, match="1 videos"):
            quota.check(session, Quota(waiting=1), lotte.id, 4)


def test_rates_let_a_burst_through_and_then_so_many_a_second() -> None:
    now = 0.0
    rates = Rates(Rate(burst=3, per_s=0.5), clock=lambda: now)
    assert [rates.ask("a").granted for _ in range(4)] == [True, True, True, False]
    assert rates.ask("a").wait_s == pytest.approx(2.0)
    assert rates.ask("b").granted
    now = 2.0
    assert rates.ask("a").granted
    assert not rates.ask("a").granted


def _video(account: str, name: str, seconds: int, deleted: bool = False) -> Video:
    return Video(
        id=name,
        account=account,
        model="draft",
        status="queued",
        prompt="A ball falls",
        seconds=seconds,
        width=64,
        height=64,
        quality="draft",
        fps=1,
        seed=0,
        deleted=deleted,
    )
