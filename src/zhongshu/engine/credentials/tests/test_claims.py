"""A code says little, and says it in one way."""

from dataclasses import replace
from datetime import timedelta

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.credentials.rules import claims
from zhongshu.engine.credentials.rules.claims import LIFE, ONCE, Invalid, Kind
from zhongshu.engine.credentials.rules.faults import Faulty
from zhongshu.engine.credentials.tests import issuing
from zhongshu.registers.people.rules import spelling

few = settings(max_examples=50, deadline=None, derandomize=True)
SECOND = timedelta(seconds=1)


@few
@given(
    kind=st.sampled_from(Kind),
    subject=st.binary(min_size=16, max_size=16),
    nonce=st.binary(min_size=8, max_size=8),
    place=st.tuples(st.integers(0, claims.LISTS - 1), st.integers(0, claims.PLACES - 1)),
    name=st.text(st.characters(exclude_characters="*", codec="utf-8"), min_size=1, max_size=9).map(
        spelling.masked_name
    ),
    seconds=st.integers(-(10**9), 10**9),
)
def test_what_is_said_is_read_again(kind, subject, nonce, place, name, seconds):
    issued = issuing.NOW + seconds * SECOND
    said = issuing.claims(
        kind, subject=subject, name=name, issued=issued, expires=issued + LIFE[kind],
        nonce=nonce if kind in ONCE else b"",
    )  # fmt: skip
    said = replace(said, place=place)
    assert claims.read(claims.written(said)) == said


@pytest.mark.parametrize(
    "other",
    [
        {"name": "王小明"},
        {"name": "*王"},
        {"name": ""},
        {"tail": "440301199001011234"},
        {"tail": "12x4"},
        {"subject": b"s" * 20},
        {"subject": b""},
        {"issuer": "某局"},
        {"issuer": "1" * 19},
        {"place": (7, claims.PLACES)},
        {"place": (-1, 0)},
        {"issued": issuing.NOW + timedelta(microseconds=1)},
        {"expires": issuing.NOW},
        {"expires": issuing.NOW + 61 * SECOND},
        {"nonce": b""},
        {"kind": Kind.PRINTED, "nonce": b"n" * 8},  # used many times, so without a nonce
    ],
)
def test_what_no_code_may_say_is_never_written(other):
    with pytest.raises(Invalid):
        issuing.claims(**other)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said | {2: "s" * 16},  # text for bytes
        lambda said: said | {7: "n" * 8},
        lambda said: said | {4: float(said[4])},
        lambda said: said | {4: 1 << 63},  # no year has it
        lambda said: said | {-65537: [*said[-65537][:4], True]},
        lambda said: said | {-65537: [True, *said[-65537][1:]]},
        lambda said: said | {-65537: [9, *said[-65537][1:]]},
        lambda said: said | {-65537: [*said[-65537], 1]},
        lambda said: said | {-65537: {}},
        lambda said: said | {5: said[6]},
        lambda said: {name: said[name] for name in said if name != 7},
        lambda said: dict(reversed(said.items())),
        lambda said: [said],
        lambda said: cbor2.CBORTag(61, said),
    ],
)
def test_what_is_said_in_another_way_is_refused(change):
    said = cbor2.loads(claims.written(issuing.claims()))
    with pytest.raises(Faulty):
        claims.read(cbor2.dumps(change(said)))


@few
@given(st.binary(max_size=40))
def test_any_other_bytes_are_refused_without_an_accident(data):
    with pytest.raises(Faulty):
        claims.read(data)
