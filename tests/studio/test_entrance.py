"""Getting into a running studio: by key, by password, by passkey, and not otherwise."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from tests.studio.authenticator import Authenticator
from tests.studio.studio import Studio

PASSWORD = "the long way round"


@pytest.fixture
def email() -> str:
    return f"lotte-{secrets.token_hex(4)}@example.org"


@pytest.fixture
def lotte(studio: Studio, email: str) -> dict[str, Any]:
    with studio.web() as operator:
        answer = operator.post("/lichtspiel/accounts", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def browser(studio: Studio) -> httpx2.Client:
    return httpx2.Client(
        base_url=studio.url, headers={"Origin": f"http://127.0.0.1:{studio.port}"}, timeout=30
    )


@contextmanager
def signed_in(studio: Studio, email: str) -> Iterator[httpx2.Client]:
    with browser(studio) as opened:
        answer = opened.post("/lichtspiel/sign-in", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 204, answer.text
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        yield opened


def test_a_browser_signs_in_and_out(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with signed_in(studio, email) as opened:
        assert opened.get("/lichtspiel/account").json()["id"] == lotte["id"]
        assert opened.get("/videos").json()["data"] == []
        assert opened.post("/lichtspiel/sign-out").status_code == 204
        opened.cookies.clear()
        assert opened.get("/lichtspiel/account").status_code == 401


def test_another_sites_page_gets_nothing_done(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with signed_in(studio, email) as opened:
        wish = {"prompt": "A ball falls"}
        answer = opened.post("/videos", json=wish, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403
        assert opened.post("/videos", json=wish, headers={"Origin": ""}).status_code == 403


def test_a_key_does_no_more_than_its_scopes(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with signed_in(studio, email) as opened:
        made = opened.post("/lichtspiel/keys", json={"name": "reader", "scopes": ["videos:read"]}).json()
        refused = opened.post("/lichtspiel/keys", json={"name": "boss", "scopes": ["operate"]})
        assert refused.status_code == 403
        with httpx2.Client(
            base_url=studio.url, headers={"Authorization": f"Bearer {made['secret']}"}
        ) as script:
            assert script.get("/videos").status_code == 200
            assert script.post("/videos", json={"prompt": "A ball falls"}).status_code == 403
            assert script.get("/lichtspiel/keys").status_code == 403
            (kept,) = opened.get("/lichtspiel/keys").json()["data"]
            assert kept["secret"] is None
            assert kept["last_used_at"] is not None
            assert opened.delete(f"/lichtspiel/keys/{made['id']}").status_code == 200
            assert script.get("/videos").status_code == 401


def test_nobody_sees_anothers_videos(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with studio.web() as operator, signed_in(studio, email) as opened:
        fields = {"prompt": "A red rubber ball falls", "lichtspiel": {"fps": 1}}
        mine = operator.post("/videos", json=fields).json()["id"]
        for path in (f"/videos/{mine}", f"/videos/{mine}/content"):
            assert opened.get(path).status_code == 404
        assert opened.delete(f"/videos/{mine}").status_code == 404
        assert opened.get("/videos", params={"after": mine}).status_code == 400
        assert operator.get(f"/videos/{mine}").status_code == 200


def test_members_do_not_run_the_studio(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with signed_in(studio, email) as opened:
        assert opened.get("/lichtspiel/accounts").status_code == 403
        assert opened.get(f"http://127.0.0.1:{studio.port}/metrics").status_code == 403


def test_a_closed_account_is_out_at_once(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with signed_in(studio, email) as opened, studio.web() as operator:
        closed = operator.post(f"/lichtspiel/accounts/{lotte['id']}", json={"active": False}).json()
        assert closed["active"] is False
        assert opened.get("/lichtspiel/account").status_code == 401


def test_a_quota_is_told_as_openai_tells_it(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    with signed_in(studio, email) as opened, studio.web() as operator:
        operator.post(f"/lichtspiel/accounts/{lotte['id']}", json={"daily_seconds": 4})
        fields = {"prompt": "A ball falls", "lichtspiel": {"fps": 1}}
        assert opened.post("/videos", json=fields).status_code == 200
        refused = opened.post("/videos", json=fields)
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "insufficient_quota"


def test_guessing_passwords_is_slowed_down(studio: Studio, lotte: dict[str, Any], email: str) -> None:
    wrong = {"email": email, "password": "the short way round"}
    with browser(studio) as opened:
        answers = [opened.post("/lichtspiel/sign-in", json=wrong) for _ in range(30)]
    codes = [answer.status_code for answer in answers]
    assert codes[0] == 401
    assert codes[-1] == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_passkey_gets_in(studio: Studio, email: str) -> None:
    with studio.web() as operator:
        made = operator.post("/lichtspiel/accounts", json={"email": email}).json()
        wish = {"name": "first", "scopes": ["account"]}
        key = operator.post(f"/lichtspiel/accounts/{made['id']}/keys", json=wish).json()["secret"]
    phone = Authenticator(f"http://localhost:{studio.port}", "localhost")
    with httpx2.Client(base_url=studio.url, headers={"Authorization": f"Bearer {key}"}) as owner:
        options = owner.post("/lichtspiel/passkeys/invitation").json()
        added = owner.post("/lichtspiel/passkeys", json={"credential": phone.create(options)})
        assert added.status_code == 200, added.text
    with browser(studio) as opened:
        options = opened.get("/lichtspiel/passkeys/challenge").json()
        answer = opened.post("/lichtspiel/passkeys/sign-in", json={"credential": phone.get(options)})
        assert answer.status_code == 204, answer.text
        assert opened.get("/lichtspiel/account").json()["email"] == email


def test_health_and_figures(studio: Studio) -> None:
    root = f"http://127.0.0.1:{studio.port}"
    with studio.web() as operator:
        assert operator.get(f"{root}/health/live").json() == {"status": "alive"}
        assert operator.get(f"{root}/health/ready").json()["status"] == "ready"
        operator.get("/videos/video_unknown")
        figures = operator.get(f"{root}/metrics").text
    assert 'lichtspiel_videos{status="queued"}' in figures
    assert 'route="/videos/{video_id}",status="404"' in figures
    assert "video_unknown" not in figures


def test_every_answer_has_a_name_to_ask_the_operator_about(studio: Studio) -> None:
    with studio.web() as operator:
        assert operator.get("/videos").headers["x-request-id"].startswith("req_")
        named = operator.get("/videos", headers={"x-request-id": "mine-1"})
        assert named.headers["x-request-id"] == "mine-1"
