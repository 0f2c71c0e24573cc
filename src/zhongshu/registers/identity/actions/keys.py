"""The keys that sign what we say of people: made ahead, shown before they sign and after, sealed in the database."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey, import_key

from zhongshu.base.crypto import sealing
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.identity.models import SigningKey

SIGNS_FOR = timedelta(days=90)
SHOWN_BEFORE = timedelta(days=1)
SEALED = "identity_signing_key.sealed"
ALGORITHMS = ("RS256", "ES256")
_ONE_AT_A_TIME = 0x1DC0


@transaction.atomic
def keep(at: datetime) -> int:
    """Have a key to sign with, and its successor shown a day before it takes over; returns how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    return sum(_keep(algorithm, at) for algorithm in ALGORITHMS)


def signed(claims: dict[str, Any], algorithm: str, kind: str, at: datetime) -> str:
    """A token that says these claims, signed with the key in force."""
    held = SigningKey.objects.filter(algorithm=algorithm, signs__lte=at).order_by("-signs").first()
    if held is None:
        raise LookupError(f"no key signs {algorithm}")
    key = import_key(json.loads(sealing.opened(held.sealed, SEALED)))
    return jwt.encode({"alg": algorithm, "kid": held.kid, "typ": kind}, claims, key, algorithms=[algorithm])


def _keep(algorithm: str, at: datetime) -> int:
    newest = SigningKey.objects.filter(algorithm=algorithm).order_by("-signs").first()
    if newest is None:
        return _make(algorithm, at, at)
    if at < newest.signs + SIGNS_FOR - SHOWN_BEFORE:
        return 0
    signs = max(at + SHOWN_BEFORE, newest.signs + SIGNS_FOR)
    SigningKey.objects.filter(algorithm=algorithm, retired=None).update(retired=signs)
    return _make(algorithm, at, signs)


def _make(algorithm: str, at: datetime, signs: datetime) -> int:
    kid = secrets.token_hex(8)
    parameters: Any = {"kid": kid, "use": "sig", "alg": algorithm}
    key: Key = (
        ECKey.generate_key("P-256", parameters) if algorithm == "ES256" else RSAKey.generate_key(2048, parameters)
    )
    sealed = sealing.seal(json.dumps(key.as_dict(private=True)), SEALED)
    SigningKey.objects.create(
        kid=kid, algorithm=algorithm, sealed=sealed, public=key.as_dict(private=False), made=at, signs=signs
    )
    said = {"algorithm": algorithm, "signs": signs.isoformat()}
    journal.record(subject=("signing_key", kid), verb="identity.key_made", by=SYSTEM, at=at, body=said)
    return 1
