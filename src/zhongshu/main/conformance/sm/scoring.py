"""Every printed value of `vectors.json` in a folder, worked out by us and, where there are two ways, by both."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from zhongshu.base.crypto.sm import libcrypto, sm2, sm3
from zhongshu.main.conformance.answers import Answer

Vector = Mapping[str, str]
ROUNDS = 1_000_000
"""Of SM4 over its own answer, as the standard's second example has it."""


def answers(folder: Path) -> Iterator[Answer]:
    """SM3, then SM2, then SM4, as far as the folder has them."""
    for file in sorted(folder.rglob("vectors.json")):
        vectors = json.loads(file.read_text())
        for vector in vectors.get("sm3", ()):
            yield from _digested(vector)
        if "sm2_sign" in vectors:
            yield from _signed(vectors["sm2_sign"])
        if "sm4_ecb" in vectors:
            yield from _enciphered(vectors["sm4_ecb"])


def _digested(vector: Vector) -> Iterator[Answer]:
    message, wanted = vector["msg_utf8"].encode(), bytes.fromhex(vector["digest"])
    yield Answer(f"SM3 {len(message)} bytes, in Python", sm3.plain(message) == wanted)
    yield Answer(f"SM3 {len(message)} bytes, as used", sm3.digest(message) == wanted)


def _signed(vector: Vector) -> Iterator[Answer]:
    user, message = vector["id"].encode(), vector["message_utf8"].encode()
    public = b"\4" + bytes.fromhex(vector["px"] + vector["py"])
    signature = bytes.fromhex(vector["r"] + vector["s"])
    yield Answer("SM2 Z_A", sm2.identity(public, user) == bytes.fromhex(vector["za"]))
    yield Answer("SM2 signature", sm2.is_signed(public, message, signature, user))
    yield Answer("SM2 signature, another message", not sm2.is_signed(public, message + b".", signature, user))
    yield Answer("SM2 signature, another name", not sm2.is_signed(public, message, signature, user + b"."))
    try:
        signer = libcrypto.Signer(int(vector["d"], 16))
    except libcrypto.Unavailable as missing:
        yield Answer("SM2 signing", why=str(missing))
        return
    yield Answer("SM2 public key of the private", signer.public == public)
    yield Answer("SM2 signing", sm2.is_signed(public, message, signer.sign(message, user), user))


def _enciphered(vector: Vector) -> Iterator[Answer]:
    """By the library the platform enciphers with; nothing of the platform uses SM4."""
    block = bytes.fromhex(vector["pt"])
    try:
        once = Cipher(SM4(bytes.fromhex(vector["key"])), ECB()).encryptor()
    except UnsupportedAlgorithm:
        yield Answer("SM4", why="the library was made without it")
        return
    yield Answer("SM4 once", once.update(block) == bytes.fromhex(vector["ct"]))
    for _ in range(ROUNDS):
        block = once.update(block)
    yield Answer("SM4 a million times", block == bytes.fromhex(vector["ct_after_1000000_rounds"]))
