"""Forged and revoked codes among many: none may pass."""

from random import Random
from typing import Any

from zhongshu.engine.credentials.rules import base45, codes
from zhongshu.engine.credentials.rules.faults import Reason
from zhongshu.main.bench import scratch
from zhongshu.main.bench.codes import city
from zhongshu.main.bench.codes.city import NOW

FORGED, REVOKED = 10, 100
"""One code in so many."""


def run(number: int) -> dict[str, Any]:
    """`forged_accepted`, `revoked_missed` and `good_refused` of so many codes, one in ten forged by one character."""
    chance = Random(11)
    places = chance.sample(range(city.PLACES), number)
    issuer = city.issuer(city.signers()["ed25519"], set(places[::REVOKED]))
    accepted = missed = refused = forged = revoked = 0
    for at, place in enumerate(places):
        text = codes.issue(city.claims(chance, place), issuer.signer)
        is_forged, is_revoked = at % FORGED == 1, at % REVOKED == 0
        answer = codes.verify(altered(text, chance) if is_forged else text, issuer.trust, NOW)
        passed = isinstance(answer, codes.Verified)
        forged, revoked = forged + is_forged, revoked + is_revoked
        accepted += is_forged and passed
        missed += is_revoked and answer != codes.Refused(Reason.REVOKED)
        refused += not (is_forged or is_revoked or passed)
        scratch.progress(at + 1, number)
    return {
        "codes": number, "forged": forged, "forged_accepted": accepted,
        "revoked": revoked, "revoked_missed": missed, "good_refused": refused,
    }  # fmt: skip


def altered(text: str, chance: Random) -> str:
    """The text with one character, anywhere, replaced by another that a code may have."""
    place = chance.randrange(len(text))
    other = chance.choice([each for each in base45.ALPHABET.decode() if each != text[place]])
    return text[:place] + other + text[place + 1 :]
