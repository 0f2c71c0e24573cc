"""Keys of SM2 as others hand them over, raw, DER or PEM (RFC 5480, 5958, SEC 1); Python's libraries refuse them."""

import base64
import binascii
import re

from zhongshu.base.crypto import der
from zhongshu.base.crypto.der import INTEGER, NAME, OCTETS, SEQUENCE
from zhongshu.base.crypto.sm import curve

POINT_BYTES = 65
"""A public key, raw: 04, then both coordinates of 32 bytes."""
_EC_KEY = bytes.fromhex("2a8648ce3d0201")  # 1.2.840.10045.2.1
_SM2_CURVE = bytes.fromhex("2a811ccf5501822d")  # 1.2.156.10197.1.301
_KIND = der.written(SEQUENCE, der.written(NAME, _EC_KEY), der.written(NAME, _SM2_CURVE))
_ARMOUR = re.compile(rb"-----BEGIN ([A-Z ]+)-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END \1-----")


def public(data: bytes) -> bytes:
    """A public key in any of the three forms as its 65 raw bytes; Malformed when it is none, or not on the curve."""
    raw = data if len(data) == POINT_BYTES and data[0] == 4 else _point(_bare(data, b"PUBLIC KEY"))
    point(raw)
    return raw


def point(raw: bytes) -> curve.Point:
    """The point that 65 raw bytes name; Malformed when it is not on the curve."""
    found = int.from_bytes(raw[1:33]), int.from_bytes(raw[33:])
    if len(raw) != POINT_BYTES or raw[0] != 4 or not curve.is_on_curve(found):
        raise der.Malformed("not a point of the SM2 curve")
    return found


def private(data: bytes) -> int:
    """A private key, raw (32 bytes), PKCS #8 or SEC 1, in DER or PEM, as its number; Malformed when it is none."""
    raw = data if len(data) == 32 else _secret(_bare(data, b"PRIVATE KEY", b"EC PRIVATE KEY"))
    number = int.from_bytes(raw)
    if not 0 < number < curve.N - 1:
        raise der.Malformed("a private key out of range")
    return number


def public_der(raw: bytes) -> bytes:
    """A raw public key as SubjectPublicKeyInfo."""
    return der.written(SEQUENCE, _KIND, der.written(der.BITS, b"\0", raw))


def private_der(number: int) -> bytes:
    """A private key as PKCS #8, its public key left out."""
    inner = der.written(SEQUENCE, der.written(INTEGER, b"\1"), der.written(OCTETS, number.to_bytes(32)))
    return der.written(SEQUENCE, der.written(INTEGER, b"\0"), _KIND, der.written(OCTETS, inner))


def _bare(data: bytes, *labels: bytes) -> bytes:
    """The DER of a PEM, which has to be named rightly; DER as it is."""
    if not data.lstrip().startswith(b"-----"):
        return data
    found = next((each for each in _ARMOUR.finditer(data) if each[1] in labels), None)
    if found is None:
        raise der.Malformed("no PEM of the kind asked for")
    try:
        return base64.b64decode(found[2])
    except binascii.Error:
        raise der.Malformed("a PEM whose base64 is cut off") from None


def _point(data: bytes) -> bytes:
    match der.elements(der.inside(data, SEQUENCE)):
        case [(der.SEQUENCE, kind), (der.BITS, bits)] if der.written(SEQUENCE, kind) == _KIND and bits[:1] == b"\0":
            return bits[1:]
    raise der.Malformed("not a public key of SM2")


def _secret(data: bytes) -> bytes:
    match der.elements(der.inside(data, SEQUENCE)):
        case [(der.INTEGER, b"\0"), (der.SEQUENCE, kind), (der.OCTETS, inner), *_]:
            if der.written(SEQUENCE, kind) == _KIND:
                return _number(der.elements(der.inside(inner, SEQUENCE)))
        case [(der.INTEGER, b"\1"), _, (0xA0, curve_name), *_] as parts if der.inside(curve_name, NAME) == _SM2_CURVE:
            return _number(parts)
    raise der.Malformed("not a private key of SM2")


def _number(parts: list[tuple[int, bytes]]) -> bytes:
    match parts:
        case [(der.INTEGER, b"\1"), (der.OCTETS, raw), *_] if len(raw) == 32:
            return raw
    raise der.Malformed("not a private key of an elliptic curve")
