"""Signatures of SM2 with SM3 (GB/T 32918.2-2016), checked in Python alone: some three milliseconds each."""

from zhongshu.base.crypto.sm import curve, keys, sm3

USER = b"1234567812345678"
"""The signer's name that GM/T 0009 takes where none is agreed."""
SIGNATURE_BYTES = 64
_CURVE = b"".join(number.to_bytes(32) for number in (curve.A, curve.B, *curve.G))


def is_signed(public: bytes, message: bytes, signature: bytes, user: bytes = USER) -> bool:
    """Whether the holder of a raw public key (65 bytes) signed the message; the signature is r and s, 32 bytes each.

    Malformed when the key is not a point of the curve; a signature of whatever bytes is only not one.
    """
    point = keys.point(public)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    if len(signature) != SIGNATURE_BYTES or not (0 < r < curve.N and 0 < s < curve.N) or (r + s) % curve.N == 0:
        return False
    found = curve.combined(s, (r + s) % curve.N, point)
    return found is not None and (digest(public, message, user) + found[0]) % curve.N == r


def digest(public: bytes, message: bytes, user: bytes = USER) -> int:
    """What is signed (e): SM3 of Z_A and the message, as a number."""
    return int.from_bytes(sm3.digest(identity(public, user) + message))


def identity(public: bytes, user: bytes = USER) -> bytes:
    """Z_A: the digest of the signer's name, the curve and the public key (5.5); a name has at most 8191 bytes."""
    return sm3.digest((8 * len(user)).to_bytes(2) + user + _CURVE + public[1:])
