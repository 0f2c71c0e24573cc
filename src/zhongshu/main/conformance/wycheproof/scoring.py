"""Every test of every file below a folder: a signature (or a code of a message) is taken just if it is valid."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from zhongshu.base.crypto import der
from zhongshu.base.crypto.sm import sm3
from zhongshu.engine.credentials.rules import algorithms
from zhongshu.engine.credentials.rules.algorithms import Algorithm, Check
from zhongshu.main.conformance.answers import Answer

Group = Mapping[str, Any]
Judge = Callable[[Mapping[str, Any]], bool]
BLOCK = 64
"""Bytes of a block of SM3."""


def answers(folder: Path) -> Iterator[Answer]:
    """Each test by file and number; a file of another algorithm is one case that is not claimed."""
    for file in sorted(folder.rglob("*_test.json")):
        kit = json.loads(file.read_text())
        for group in kit["testGroups"]:
            judge = _judge(kit["algorithm"], group)
            if judge is None:
                yield Answer(str(file.relative_to(folder)), why=kit["algorithm"])
                break
            for test in group["tests"]:
                right = judge(test) == (test["result"] == "valid")
                yield Answer(f"{file.relative_to(folder)} {test['tcId']} {test['comment']}", right)


def _judge(algorithm: str, group: Group) -> Judge | None:
    """What says whether a test of the group is to be taken; None for what we do not do."""
    key = group.get("publicKey", {})
    match algorithm, group["type"], key.get("curve"), group.get("sha"):
        case "EDDSA", "EddsaVerify", "edwards25519", _:
            return _signature(algorithms.check(Algorithm.ED25519, bytes.fromhex(key["pk"])), bytes)
        case "ECDSA", "EcdsaP1363Verify", "secp256r1", "SHA-256":
            return _signature(algorithms.check(Algorithm.ES256, bytes.fromhex(key["uncompressed"])), bytes)
        case "ECDSA", "EcdsaVerify", "secp256r1", "SHA-256":
            return _signature(algorithms.check(Algorithm.ES256, bytes.fromhex(key["uncompressed"])), der.signature)
        case "HMACSM3", "MacTest", _, _:
            size = group["tagSize"] // 8
            return lambda test: _hmac(test)[:size] == bytes.fromhex(test["tag"])
    return None


def _signature(check: Check, raw: Callable[[bytes], bytes]) -> Judge:
    def judge(test: Mapping[str, Any]) -> bool:
        try:
            return check(bytes.fromhex(test["msg"]), raw(bytes.fromhex(test["sig"])))
        except der.Malformed:
            return False

    return judge


def _hmac(test: Mapping[str, Any]) -> bytes:
    """RFC 2104 over our SM3 in Python."""
    key, message = bytes.fromhex(test["key"]), bytes.fromhex(test["msg"])
    key = (sm3.plain(key) if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))
    return sm3.plain(outer + sm3.plain(inner + message))
