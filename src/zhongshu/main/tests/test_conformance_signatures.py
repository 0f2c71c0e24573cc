"""Small kits of signatures, written here in the form of the public ones, are asked and counted."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhongshu.engine.credentials.rules import algorithms, cose
from zhongshu.main.cli import main

SIGNER = algorithms.Ed25519Signer(Ed25519PrivateKey.from_private_bytes(b"1" * 32))
KEY = {"kty": "OKP", "kid": "11", "crv": "Ed25519", "x_hex": SIGNER.public.hex()}
SIGNED = cose.signed(b"content", cose.header(SIGNER.algorithm, b"11"), SIGNER)
ALTERED = SIGNED[:-1] + bytes([SIGNED[-1] ^ 1])


@pytest.fixture
def asked(tmp_path, capsys):
    """Asks a kit of these files (name → content): the lines that are told, and the figures."""

    def ask(standard, files):
        for name, content in files.items():
            (tmp_path / name).write_text(json.dumps(content))
        assert main(["conformance", standard, str(tmp_path)]) == 0
        lines = capsys.readouterr().out.splitlines()
        return "\n".join(lines[:-1]), json.loads(lines[-1])

    return ask


def example(data, *, fail=False, **other):
    message = {"key": KEY, "alg": "EdDSA", "protected": {"alg": "EdDSA"}} | other
    return {"input": {"sign0": message}, "fail": fail, "output": {"cbor": data.hex()}}


def test_messages_are_taken_or_refused_and_others_are_told_by_name(asked):
    told, figures = asked(
        "cose",
        {
            "good.json": example(SIGNED),
            "altered.json": example(ALTERED, fail=True),
            "wrong.json": example(ALTERED),
            "outside.json": example(SIGNED, protected={}),
            "mac.json": {"input": {"mac0": {}}, "output": {"cbor": ""}},
            "p384.json": example(SIGNED, alg="ES384", key={"kty": "EC", "crv": "P-384"}),
        },
    )
    assert figures == {"passed": 2, "total": 3, "not_claimed": 3}
    assert "wrong.json: not as the kit has it." in told
    assert "mac.json: not claimed (COSE_Mac0)." in told
    assert "p384.json: not claimed (ES384 with P-384)." in told
    assert "outside.json: not claimed (the algorithm outside the protected header)." in told
    assert "good.json" not in told and "altered.json" not in told


def test_printed_values_are_worked_out_again(asked):
    right = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    told, figures = asked(
        "sm", {"vectors.json": {"sm3": [{"msg_utf8": each, "digest": right} for each in ("abc", "abd")]}}
    )
    assert figures == {"passed": 2, "total": 4, "not_claimed": 0}
    assert told.count("not as the kit has it") == 2


def test_vectors_are_judged_and_files_of_other_algorithms_told_by_name(asked):
    message, signature = b"message".hex(), SIGNER.sign(b"message").hex()
    tests = [
        {"tcId": 1, "comment": "good", "msg": message, "sig": signature, "result": "valid"},
        {"tcId": 2, "comment": "cut off", "msg": message, "sig": signature[:-2], "result": "invalid"},
        {"tcId": 3, "comment": "said wrongly", "msg": message, "sig": signature, "result": "invalid"},
    ]
    key = {"curve": "edwards25519", "pk": SIGNER.public.hex()}
    told, figures = asked(
        "wycheproof",
        {
            "a_test.json": {
                "algorithm": "EDDSA",
                "testGroups": [{"type": "EddsaVerify", "publicKey": key, "tests": tests}],
            },
            "b_test.json": {"algorithm": "SM4-GCM", "testGroups": [{"type": "AeadTest", "tests": [{}]}]},
        },
    )
    assert figures == {"passed": 2, "total": 3, "not_claimed": 1}
    assert "a_test.json 3 said wrongly: not as the kit has it." in told
    assert "b_test.json: not claimed (SM4-GCM)." in told
