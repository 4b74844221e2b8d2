"""Passkeys: WebAuthn credentials instead of passwords."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import InvalidAuthenticationResponse, InvalidRegistrationResponse
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from lichtspiel.studio.accounts import sign_ins
from lichtspiel.studio.database import NOW, Account, Challenge, Passkey, Sessions

_MINUTES = 5


class PasskeyError(Exception):
    """A passkey was not accepted; the message says why."""


@dataclass(frozen=True)
class Site:
    """The address that passkeys belong to, as browsers see it."""

    origin: str
    """Such as https://films.example.org."""

    @property
    def domain(self) -> str:
        return urlsplit(self.origin).hostname or ""


def invitation(sessions: Sessions, site: Site, account: Account) -> dict[str, Any]:
    """What the browser's `navigator.credentials.create` wants, to make a passkey for the account."""
    known = [PublicKeyCredentialDescriptor(base64url_to_bytes(key.id)) for key in of(sessions, account.id)]
    options = generate_registration_options(
        rp_id=site.domain,
        rp_name="Lichtspiel",
        user_name=account.email,
        user_id=account.id.encode(),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    _remember(sessions, options.challenge, account.id)
    return _plain(options_to_json(options))


def add(sessions: Sessions, site: Site, account: str, name: str, credential: dict[str, Any]) -> Passkey:
    """Keep the passkey that the browser made. Raises PasskeyError."""
    challenge = _recalled(sessions, credential, account)
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (InvalidRegistrationResponse, ValueError, KeyError) as error:
        raise PasskeyError(f"The passkey was not accepted: {error}") from error
    passkey = Passkey(
        id=bytes_to_base64url(verified.credential_id),
        account=account,
        name=name,
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
    )
    with sessions.begin() as session:
        if session.get(Passkey, passkey.id) is not None:
            raise PasskeyError("This passkey is known already.")
        session.add(passkey)
    return passkey


def challenge(sessions: Sessions, site: Site) -> dict[str, Any]:
    """What the browser's `navigator.credentials.get` wants, to sign in by any passkey of this studio."""
    options = generate_authentication_options(
        rp_id=site.domain, user_verification=UserVerificationRequirement.REQUIRED
    )
    _remember(sessions, options.challenge, None)
    return _plain(options_to_json(options))


def sign_in(sessions: Sessions, site: Site, credential: dict[str, Any]) -> str:
    """The cookie of a new sign-in by a passkey. Raises PasskeyError."""
    challenge = _recalled(sessions, credential, None)
    found = (
        select(Passkey)
        .join(Account, Account.id == Passkey.account)
        .where(Passkey.id == str(credential.get("id")), Account.active)
    )
    with sessions() as session:
        passkey = session.scalar(found)
    if passkey is None:
        raise PasskeyError("This studio does not know the passkey.")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (InvalidAuthenticationResponse, ValueError, KeyError) as error:
        raise PasskeyError(f"The passkey was not accepted: {error}") from error
    with sessions.begin() as session:
        used = update(Passkey).where(Passkey.id == passkey.id)
        session.execute(used.values(sign_count=verified.new_sign_count, last_used_at=NOW))
    return sign_ins.start(sessions, passkey.account)


def of(sessions: Sessions, account: str) -> Sequence[Passkey]:
    """The passkeys of an account, the oldest first."""
    with sessions() as session:
        return session.scalars(
            select(Passkey).where(Passkey.account == account).order_by(Passkey.created_at)
        ).all()


def remove(sessions: Sessions, account: str, passkey: str) -> bool:
    """Forget a passkey of the account; False when there is none of this id."""
    gone = delete(Passkey).where(Passkey.id == passkey, Passkey.account == account).returning(Passkey.id)
    with sessions.begin() as session:
        return session.scalar(gone) is not None


def _remember(sessions: Sessions, challenge: bytes, account: str | None) -> None:
    with sessions.begin() as session:
        session.execute(delete(Challenge).where(Challenge.expires_at < NOW))
        now = session.scalar(select(NOW))
        assert now is not None
        session.add(
            Challenge(
                challenge=bytes_to_base64url(challenge), account=account, expires_at=now + 60 * _MINUTES
            )
        )


def _recalled(sessions: Sessions, credential: dict[str, Any], account: str | None) -> bytes:
    """The challenge that the credential answers, which is used up by this. Raises PasskeyError."""
    try:
        told = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))["challenge"]
    except (KeyError, TypeError, ValueError) as error:
        raise PasskeyError("This is no answer of a passkey.") from error
    mine = (Challenge.challenge == str(told), Challenge.account.is_not_distinct_from(account))
    with sessions.begin() as session:
        gone = delete(Challenge).where(*mine, Challenge.expires_at > NOW).returning(Challenge.challenge)
        if session.scalar(gone) is None:
            raise PasskeyError(f"This took longer than {_MINUTES} minutes: try again.")
    return base64url_to_bytes(str(told))


def _plain(options: str) -> dict[str, Any]:
    found = json.loads(options)
    assert isinstance(found, dict)
    return found
