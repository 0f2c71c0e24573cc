"""Notes, checkpoints and receipts: what is written is read, what is not written so is refused."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.crypto.signing import Ed25519
from zhongshu.base.journal.rules import checkpoints, merkle, notes, receipts
from zhongshu.base.journal.rules.checkpoints import Checkpoint
from zhongshu.base.journal.rules.notes import ED25519, Note, Unreadable, Untrue, Verifier
from zhongshu.base.journal.rules.receipts import Receipt

lawful = settings(max_examples=50, deadline=None, derandomize=True)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ORIGIN, WITNESS = "city.example/journal", "court.example/witness"
LOG, COURT = Ed25519(b"\x01" * 32), Ed25519(b"\x02" * 32)
BY_LOG, BY_LOG_AT = (Verifier(ORIGIN, ED25519, LOG.public, timed) for timed in (False, True))
BY_COURT = Verifier(WITNESS, ED25519, COURT.public, timed=True)
LEAVES = [bytes([n]) * 32 for n in range(11)]
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]

# The example of the package `golang.org/x/mod/sumdb/note`, from which the standard was made.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAYING = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def checkpoint(size: int = 11) -> Checkpoint:
    return Checkpoint(ORIGIN, size, merkle.root(HASHES[:size]))


def signed(text: str) -> Note:
    keys = [(BY_LOG, LOG), (BY_LOG_AT, LOG), (BY_COURT, COURT)]
    return Note(text, tuple(notes.signature(by, text, key.sign, AT) for by, key in keys))


def receipt(index: int = 4) -> Receipt:
    path = [merkle.root(HASHES[start:end]) for start, end in merkle.inclusion(index, 11)]
    return Receipt(index, tuple(path), signed(checkpoint().text), extra=b"{}")


def changed(data: bytes) -> Iterator[bytes]:
    """The same bytes with any one of them another."""
    for at in range(len(data)):
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_note_of_others_is_read_and_verified() -> None:
    verifier = notes.read_verifier(NEUMANN)
    note = notes.read(SAYING.encode())
    assert (str(verifier), str(note)) == (NEUMANN, SAYING)
    assert [held.by.name for held in notes.verified(note, [verifier])] == ["PeterNeumann"]


def test_every_known_key_that_signed_is_told_with_the_moment_it_says() -> None:
    held = notes.verified(notes.read(str(signed("一\n\n二\n")).encode()), [BY_LOG, BY_COURT])
    assert [(one.by.name, one.at) for one in held] == [(ORIGIN, None), (WITNESS, AT)]


def test_signatures_of_unknown_keys_count_for_nothing_and_of_known_keys_must_hold() -> None:
    note = signed("一\n")
    stranger = Verifier("else.example", ED25519, LOG.public)
    with pytest.raises(Untrue):
        notes.verified(note, [stranger])
    forged = notes.Signature(BY_COURT.name, BY_COURT.id, note.signatures[2].said[:-1] + b"\0")
    with pytest.raises(Untrue):
        notes.verified(Note(note.text, (*note.signatures, forged)), [BY_LOG, BY_COURT])
    assert notes.verified(Note(note.text, (*note.signatures, forged)), [BY_LOG])


def test_a_key_says_plainly_and_with_the_moment_under_two_ids() -> None:
    assert BY_LOG.id != BY_LOG_AT.id
    text = "一\n"
    swapped = notes.Signature(BY_LOG.name, BY_LOG.id, notes.signature(BY_LOG_AT, text, LOG.sign, AT).said[8:])
    with pytest.raises(Untrue):
        notes.verified(Note(text, (swapped,)), [BY_LOG])


@pytest.mark.parametrize(
    "data",
    [
        "", "text\n", "text\n\n", "text\n\n— a b", "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAAAAA==\n",
        "text\n\n—  AAAAAAAAAA==\n", "text\n\n— a+b AAAAAAAAAA==\n", "te\txt\n\n— a AAAAAAAAAA==\n",
        "text\n\n— a AAAAAAAAAB==\n", "text\n\n— a AAAAAA==\n", "\n— a AAAAAAAAAA==\n",
        "\udcff\n\n— a AAAAAAAAAA==\n", "text\n\n" + "— a AAAAAAAAAA==\n" * (notes.MOST_SIGNATURES + 1),
        "x" * notes.MOST_BYTES + "\n\n— a AAAAAAAAAA==\n",
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        notes.read(data.encode(errors="surrogateescape"))


@pytest.mark.parametrize(
    "key",
    ["", "a", "PeterNeumann+c74f20a3", NEUMANN[:-1], NEUMANN.replace("c74f20a3", "c74f20a4"), " " + NEUMANN,
     NEUMANN.replace("Peter", "Paul"), "a+00000000+" + base64.b64encode(b"\x02" * 33).decode()],
)  # fmt: skip
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Unreadable):
        notes.read_verifier(key)


def test_sm2_has_type_bytes_of_its_own_and_a_check_that_is_plugged_in() -> None:
    scheme = notes.sm2(lambda public, message, said: said == (public[:1] + message)[:64].ljust(64))
    for timed in (False, True):
        by = Verifier("国密.example/日志", scheme, b"\x04" + b"\x07" * 64, timed)
        assert notes.read_verifier(str(by), [ED25519, scheme]) == by
        with pytest.raises(Unreadable):
            notes.read_verifier(str(by))
        line = notes.signature(by, "一\n", lambda message: (b"\x04" + message)[:64].ljust(64), AT)
        note = notes.read(str(Note("一\n", (line,))).encode())
        assert [held.at for held in notes.verified(note, [by])] == [AT if timed else None]


def test_a_checkpoint_is_read_as_it_was_written() -> None:
    """The example of c2sp.org/tlog-checkpoint."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = checkpoints.read(text)
    assert (found.origin, found.size, len(found.root), found.text) == (
        "example.com/behind-the-sofa",
        20852163,
        32,
        text,
    )
    assert checkpoints.read(text + "more\n").extensions == ("more",)


@pytest.mark.parametrize(
    ("old", "new"),
    [("11\n", "011\n"), ("11\n", "-1\n"), ("11\n", f"{1 << 63}\n"), ("11\n", "１１\n"), ("=\n", "\n"), ("=\n", "=\n\n"),
     ("=\n", "="), (ORIGIN, ""), ("=\n", "=\n" + "x\n" * 16), ("11\n", "")],
)  # fmt: skip
def test_another_spelling_of_a_checkpoint_is_refused(old: str, new: str) -> None:
    text = checkpoint().text
    assert old in text
    with pytest.raises(Unreadable):
        checkpoints.read(text.replace(old, new))


def test_a_receipt_proves_one_leaf_and_no_other() -> None:
    data = str(receipt()).encode()
    found = receipts.read(data)
    assert found == receipt() and str(found).encode() == data
    held, by = receipts.verified(found, LEAVES[4], ORIGIN, [BY_LOG, BY_COURT])
    assert (held, [one.at for one in by]) == (checkpoint(), [None, AT])
    with pytest.raises(Untrue):
        receipts.verified(found, LEAVES[5], ORIGIN, [BY_LOG])
    with pytest.raises(Untrue):
        receipts.verified(found, LEAVES[4], "else.example/journal", [BY_LOG])
    with pytest.raises(Untrue):
        receipts.verified(found, LEAVES[4], ORIGIN, [BY_COURT])


def test_no_byte_of_a_receipt_may_be_another() -> None:
    """But what nobody signs: `extra`, and the lines of keys one does not know."""
    bare = Receipt(4, receipt().proof, Note(checkpoint().text, signed(checkpoint().text).signatures[:1]))
    for data in changed(str(bare).encode()):
        with pytest.raises((Unreadable, Untrue)):
            receipts.verified(receipts.read(data), LEAVES[4], ORIGIN, [BY_LOG])


@lawful
@given(st.binary(max_size=200))
def test_no_bytes_make_the_readers_stumble(data: bytes) -> None:
    for read in (notes.read, receipts.read, lambda raw: checkpoints.read(raw.decode(errors="replace"))):
        for tried in (data, str(receipt()).encode()[: len(data) * 4] + data):
            try:
                read(tried)
            except Unreadable:
                continue


@lawful
@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63), st.none() | st.binary())
def test_a_receipt_reads_back_as_it_was_written(index: int, proof: list[bytes], extra: bytes | None) -> None:
    made = Receipt(index, tuple(proof), signed(checkpoint().text), extra)
    assert receipts.read(str(made).encode()) == made
