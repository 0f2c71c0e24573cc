"""SM2: the example printed in GB/T 32918.5-2017, annex A, what has to be refused, and keys as others hand them over."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.crypto import der
from zhongshu.base.crypto.sm import curve, keys, libcrypto, sm2

PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
PUBLIC = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
MESSAGE = b"message digest"
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
few = settings(max_examples=25, deadline=None, derandomize=True)
signs = pytest.mark.skipif(not libcrypto.is_available(), reason="no libcrypto of this machine signs with SM2")


def test_the_example_of_the_standard():
    identity = sm2.identity(PUBLIC)
    assert identity.hex().upper() == "B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3"
    assert sm2.is_signed(PUBLIC, MESSAGE, SIGNATURE)


@few
@given(st.integers(0, 511))
def test_a_signature_with_any_bit_turned_is_none(bit):
    altered = int.from_bytes(SIGNATURE) ^ 1 << bit
    assert not sm2.is_signed(PUBLIC, MESSAGE, altered.to_bytes(64))


def test_a_signature_is_of_one_message_and_one_name():
    assert not sm2.is_signed(PUBLIC, MESSAGE + b".", SIGNATURE)
    assert not sm2.is_signed(PUBLIC, MESSAGE, SIGNATURE, b"another")


@pytest.mark.parametrize("r", [0, 1, curve.N, curve.N - 1])
def test_numbers_out_of_range_or_cancelling_out_are_no_signature(r):
    s = (curve.N - r) % curve.N or curve.N
    assert not sm2.is_signed(PUBLIC, MESSAGE, r.to_bytes(32) + s.to_bytes(32))
    assert not sm2.is_signed(PUBLIC, MESSAGE, SIGNATURE + b"\0")


def test_a_point_beside_the_curve_is_no_key():
    assert not curve.is_on_curve((curve.G[0] + curve.P, curve.G[1]))
    with pytest.raises(der.Malformed):
        sm2.is_signed(PUBLIC[:-1] + b"\0", MESSAGE, SIGNATURE)


@few
@given(st.integers(0, curve.N - 1), st.integers(2, 8))
def test_the_digits_of_a_number_add_up_and_stay_apart(number, width):
    found = curve.digits(number, width)
    assert sum(digit << at for at, digit in enumerate(found)) == number
    assert all(digit == 0 or (digit % 2 == 1 and abs(digit) < 1 << (width - 1)) for digit in found)


@few
@given(st.integers(1, curve.N - 1), st.integers(1, curve.N - 1))
def test_multiples_of_one_point_add_up(s, t):
    assert curve.combined(s, t, curve.G) == curve.combined((s + t) % curve.N, 0, curve.G)


def test_a_point_added_to_itself_and_to_its_opposite():
    twice = curve.combined(1, 1, curve.G)
    assert twice == curve.combined(2, 0, curve.G) and curve.is_on_curve(twice)
    assert curve.combined(1, curve.N - 1, curve.G) is None


def test_a_public_key_is_the_same_raw_in_der_and_in_pem():
    written = keys.public_der(PUBLIC)
    assert keys.public(PUBLIC) == keys.public(written) == keys.public(_pem("PUBLIC KEY", written)) == PUBLIC


def test_a_private_key_is_the_same_raw_as_pkcs_8_and_as_sec_1():
    pkcs8, raw = keys.private_der(PRIVATE), PRIVATE.to_bytes(32)
    name = der.written(0xA0, der.written(der.NAME, bytes.fromhex("2a811ccf5501822d")))
    sec1 = der.written(der.SEQUENCE, der.written(der.INTEGER, b"\1"), der.written(der.OCTETS, raw), name)
    forms = raw, pkcs8, sec1, _pem("PRIVATE KEY", pkcs8), b"\n" + _pem("EC PRIVATE KEY", sec1)
    assert {keys.private(form) for form in forms} == {PRIVATE}


def test_keys_of_another_curve_or_kind_are_refused():
    other = keys.public_der(PUBLIC).replace(bytes.fromhex("2a811ccf5501822d"), bytes.fromhex("2a811ccf5501822e"))
    for data in (other, PUBLIC[:-1], b"", _pem("CERTIFICATE", keys.public_der(PUBLIC))):
        with pytest.raises(der.Malformed):
            keys.public(data)
    for data in (bytes(32), curve.N.to_bytes(32), keys.public_der(PUBLIC), b"text"):
        with pytest.raises(der.Malformed):
            keys.private(data)


@signs
def test_what_the_machine_signs_python_takes():
    signer = libcrypto.Signer(PRIVATE)
    assert signer.public == PUBLIC
    assert sm2.is_signed(PUBLIC, MESSAGE, signer.sign(MESSAGE))
    assert sm2.is_signed(PUBLIC, b"", signer.sign(b"", b"another"), b"another")


@signs
def test_a_new_key_is_another_one_each_time():
    one, other = libcrypto.new_private(), libcrypto.new_private()
    assert one != other
    assert sm2.is_signed(libcrypto.Signer(one).public, MESSAGE, libcrypto.Signer(one).sign(MESSAGE))


def test_a_machine_without_libcrypto_says_so(monkeypatch):
    monkeypatch.setattr(libcrypto, "_NAMES", ())
    libcrypto._library.cache_clear()
    try:
        with pytest.raises(libcrypto.Unavailable, match="no libcrypto"):
            libcrypto.Signer(PRIVATE)
        assert not libcrypto.is_available()
        assert sm2.is_signed(PUBLIC, MESSAGE, SIGNATURE)
    finally:
        libcrypto._library.cache_clear()


def _pem(label: str, data: bytes) -> bytes:
    return f"-----BEGIN {label}-----\n{base64.encodebytes(data).decode()}-----END {label}-----\n".encode()
