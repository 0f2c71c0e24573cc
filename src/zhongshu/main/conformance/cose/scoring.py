"""Every example of a signed message below a folder: verified as it should be, or refused as it should be."""

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhongshu.engine.credentials.rules import algorithms, cose
from zhongshu.engine.credentials.rules.algorithms import Algorithm
from zhongshu.engine.credentials.rules.faults import Faulty
from zhongshu.main.conformance.answers import Answer

CLAIMED = {("ES256", "P-256"): Algorithm.ES256, ("EdDSA", "Ed25519"): Algorithm.ED25519}
OTHERS = {
    "sign": "COSE_Sign", "mac": "COSE_Mac", "mac0": "COSE_Mac0",
    "enveloped": "COSE_Encrypt", "encrypted": "COSE_Encrypt0",
}  # fmt: skip


def answers(folder: Path) -> Iterator[Answer]:
    """Each example in the order of its name."""
    for file in sorted(folder.rglob("*.json")):
        example = json.loads(file.read_text())
        why = unclaimed(example["input"])
        yield Answer(str(file.relative_to(folder)), not why and _is_right(example), why)


def unclaimed(given: Mapping[str, Any]) -> str:
    """What an example asks that codes do not do; empty when it asks nothing of the kind."""
    signed = given.get("sign0")
    if signed is None:
        return next((name for key, name in OTHERS.items() if key in given), "no message")
    curve = signed["key"].get("crv", signed["key"]["kty"])
    if (signed["alg"], curve) not in CLAIMED:
        return f"{signed['alg']} with {curve}"
    if "alg" not in signed.get("protected", {}):
        return "the algorithm outside the protected header"
    return "no tag 18" if "RemoveCBORTag" in given.get("failures", {}) else ""


def _is_right(example: Mapping[str, Any]) -> bool:
    """Whether it is taken just if it is good; what is taken must also be written back as it was."""
    signed, data = example["input"]["sign0"], bytes.fromhex(example["output"]["cbor"])
    algorithm = CLAIMED[signed["alg"], signed["key"]["crv"]]
    check = algorithms.check(algorithm, _public(signed["key"]))
    try:
        sign1 = cose.read(data)
        taken = cose.is_signed(sign1, algorithm, check, bytes.fromhex(signed.get("external", "")))
    except Faulty:
        taken = False
    return taken != example.get("fail", False) and (not taken or cose.written(sign1) == data)


def _public(key: Mapping[str, str]) -> bytes:
    """The raw public key of one as the examples write it: base64 without its filling, or hexadecimal."""
    parts = [_part(key, name) for name in ("x", "y") if name in key or f"{name}_hex" in key]
    return b"".join(parts) if key["kty"] == "OKP" else b"\4" + b"".join(parts)


def _part(key: Mapping[str, str], name: str) -> bytes:
    text = key.get(name)
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) if text else bytes.fromhex(key[f"{name}_hex"])
