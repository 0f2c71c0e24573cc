"""Passkeys (WebAuthn): asking for one, taking it in, and proving with it.

User verification is always asked for: who signs has unlocked the authenticator, so that a passkey is two proofs.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import webauthn
from django.db import IntegrityError, transaction
from django.db.models import Q
from webauthn.helpers import options_to_json_dict, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhongshu.base.http.refusals import Conflict, Invalid, Refusal, Unauthenticated
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions import factors
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Passkey
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

UNLOCKED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are: the name passkeys are bound to, and the origin browsers say they are at."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked, as `navigator.credentials` wants it, and the challenge that has to come back signed."""

    options: dict[str, Any]
    challenge: bytes


def ask_for_new(account: Account, site: Site) -> Asked:
    """Ask for a passkey for this account, by an authenticator that holds none of it yet."""
    made = webauthn.generate_registration_options(
        rp_id=site.host, rp_name=site.name, user_id=account.pk.bytes, user_name=account.login,
        user_display_name=account.name, exclude_credentials=_held(account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UNLOCKED
        ),
    )  # fmt: skip
    return Asked(options_to_json_dict(made), made.challenge)


def ask(site: Site, account: Account | None = None) -> Asked:
    """Ask for a proof: by one of the account's passkeys, or by any the browser has for this site."""
    allowed = _held(account) if account else []
    made = webauthn.generate_authentication_options(
        rp_id=site.host, allow_credentials=allowed, user_verification=UNLOCKED
    )
    return Asked(options_to_json_dict(made), made.challenge)


@transaction.atomic
def add(
    account: Account, site: Site, challenge: bytes, answer: str, name: str, *, origin: Origin, by: Actor, at: datetime
) -> None:
    """Take in a new passkey by the browser's answer (JSON)."""
    try:
        proved = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Invalid("浏览器给出的通行密钥没有通过核对，请再试一次。", field="credential") from None
    factors.make_room(account)
    key = Passkey(
        account=account, name=factors.named(name, "通行密钥"), credential=proved.credential_id,
        public_key=proved.credential_public_key, counter=proved.sign_count, added=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError:
        raise Conflict("这个通行密钥已经登记过了。", field="credential") from None
    tell(account.pk, "factor_added", kind="passkey", factor=str(key.pk), origin=origin, by=by, at=at)


def prove(
    site: Site, challenge: bytes, answer: str, *, account: Account | None = None, origin: Origin, at: datetime
) -> Account:
    """The open account whose passkey signed the challenge; Unauthenticated when none did, or another's than `account`.

    A counter that does not grow says that the authenticator was copied (WebAuthn Level 2, 6.1.1): refused, and told.
    """
    key = _named_by(answer, account)
    counter = _checked(key, site, challenge, answer)
    with transaction.atomic():
        grown = Q(counter__lt=counter) | Q(counter=0) if counter == 0 else Q(counter__lt=counter)
        used = Passkey.objects.filter(grown, pk=key.pk).update(counter=counter, used=at)
        what = "factor_used" if used else "passkey_cloned"
        tell(key.account_id, what, kind="passkey", factor=str(key.pk), origin=origin, by=_owner(key), at=at)
    if not used:
        raise _refused()
    return key.account


def _checked(key: Passkey, site: Site, challenge: bytes, answer: str) -> int:
    """The counter the authenticator tells, once its signature holds."""
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=bytes(key.public_key), credential_current_sign_count=0,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise _refused() from None
    return proved.new_sign_count


def _named_by(answer: str, account: Account | None) -> Passkey:
    try:
        named = parse_authentication_credential_json(answer).raw_id
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise _refused() from None
    found = Passkey.objects.select_related("account").filter(credential=named, account__closed=None).first()
    if found is None or (account is not None and found.account_id != account.pk):
        raise _refused()
    return found


def _held(account: Account) -> list[PublicKeyCredentialDescriptor]:
    held = Passkey.objects.filter(account=account).values_list("credential", flat=True)
    return [PublicKeyCredentialDescriptor(id=bytes(credential)) for credential in held]


def _owner(key: Passkey) -> Actor:
    return Actor(str(key.account_id), key.account.name, key.account.kind, key.account.body_id)  # type: ignore[arg-type]


def _refused() -> Refusal:
    return Unauthenticated("通行密钥没有通过核对，请再试一次，或换一种方式。", field="credential")
