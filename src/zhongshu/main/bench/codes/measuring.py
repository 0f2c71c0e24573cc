"""Rates on one core: CPU of this process, all in turns, the median round counts."""

import sys
import time
from collections.abc import Callable
from functools import partial
from random import Random
from statistics import median
from typing import Any

from zhongshu.engine.credentials.rules import base45, claims, codes, cose, drawing, keys
from zhongshu.main.bench import scratch
from zhongshu.main.bench.codes import city
from zhongshu.main.bench.codes.city import NOW, Issuer

Work = Callable[[], object]
QUICK, SLOW, DRAWN = 400, 40, 4
"""How often a thing is done in a round."""


def run(rounds: int) -> dict[str, Any]:
    """`…_per_s`: a second of one core; `verify_over_bare`: times what the bare signature takes."""
    chance = Random(7)
    said = city.claims(chance, 1)
    work: dict[str, tuple[Work, int]] = {}
    for name, signer in city.signers().items():
        issuer = city.issuer(signer, set())
        text = codes.issue(said, signer)
        work |= _of(name, issuer, said, text, SLOW if name == "sm2" else QUICK)
    text = codes.issue(said, city.signers()["ed25519"])
    work["drawn"] = partial(drawing.on_screen, text), DRAWN
    work["drawn_on_paper"] = partial(drawing.on_paper, text), DRAWN
    us = _rounds(work, rounds)
    _say(us, len(text))
    return _figures(us) | {"characters": len(text)}


def _of(name: str, issuer: Issuer, said: claims.Claims, text: str, times: int) -> dict[str, tuple[Work, int]]:
    """The whole and its parts, with one algorithm; nothing is measured that answers wrongly."""
    if not isinstance(codes.verify(text, issuer.trust, NOW), codes.Verified):
        raise RuntimeError(f"a good code of {name} is refused")
    data = base45.decode(text.removeprefix(codes.PREFIX))
    sign1 = cose.read(data)
    message = cose.to_be_signed(sign1.protected, sign1.payload)
    check = issuer.trust.ring[sign1.protected].check
    parts: dict[str, Work] = {
        "verified": partial(codes.verify, text, issuer.trust, NOW),
        "bare": partial(check, message, sign1.signature),
        "issued": partial(codes.issue, said, issuer.signer),
        "base45": partial(base45.decode, text.removeprefix(codes.PREFIX)),
        "envelope_and_signature": partial(keys.opened, data, issuer.trust.ring),
        "claims": partial(claims.read, sign1.payload),
    }
    return {f"{name}_{part}": (do, times) for part, do in parts.items()}


def _rounds(work: dict[str, tuple[Work, int]], rounds: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in work}
    for done in range(rounds):
        for name, (do, times) in work.items():
            began = time.process_time_ns()
            for _ in range(times):
                do()
            spent[name].append((time.process_time_ns() - began) / times / 1_000)
        scratch.progress(done + 1, rounds)
    return {name: median(each) for name, each in spent.items()}


def _figures(us: dict[str, float]) -> dict[str, Any]:
    rates = {
        "verified_per_s": "ed25519_verified", "bare_ed25519_per_s": "ed25519_bare", "issued_per_s": "ed25519_issued",
        "es256_verified_per_s": "es256_verified", "bare_es256_per_s": "es256_bare",
        "sm2_verified_per_s": "sm2_verified", "sm2_issued_per_s": "sm2_issued",
        "drawn_per_s": "drawn", "drawn_on_paper_per_s": "drawn_on_paper",
    }  # fmt: skip
    found: dict[str, Any] = {figure: round(1e6 / us[name]) for figure, name in rates.items() if name in us}
    return found | {"verify_over_bare": round(us["ed25519_verified"] / us["ed25519_bare"], 2)}


def _say(us: dict[str, float], characters: int) -> None:
    print(f"{characters} characters; microseconds of CPU:", file=sys.stderr)
    for name, spent in us.items():
        print(f"  {name:32}{spent:10.1f}", file=sys.stderr, flush=True)
    if "sm2_verified" not in us:
        print("No libcrypto of this machine signs with SM2: left out.", file=sys.stderr, flush=True)
