"""Text signed by one or more keys: C2SP signed-note and tlog-cosignature (c2sp.org). Pure.

A key signs under a name, in one of two ways: plainly over the text, or with the moment of signing, as witnesses do and
as the log itself does beside its plain signature. Type bytes 0x01 and 0x04 are Ed25519; SM2 has none assigned and bears
0xff and a longer identifier, as the standard says. Signatures of keys one does not know count for nothing.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhongshu.base.http.refusals import Invalid

MOST_BYTES = 128 * 1024
MOST_SIGNATURES = 64
_ID_BYTES, _TIME_BYTES = 4, 8
_NAME = re.compile(r"[^\s+]+")
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<said>[A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
Check = Callable[[bytes, bytes, bytes], bool]
"""Whether, by this public key, over this message, this is a signature."""


class Unreadable(Invalid):
    """A note, or what is told by one, that is not written as it must be."""


class Untrue(Invalid):
    """A note that no known key has signed, or that a known key has not signed as it says."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of signing: the type bytes of its plain and its timed signatures, its lengths, and how one is checked."""

    plain: bytes
    timed: bytes
    public_bytes: int
    signature_bytes: int
    check: Check


def _is_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


ED25519 = Scheme(b"\x01", b"\x04", 32, 64, _is_ed25519)


def sm2(check: Check) -> Scheme:
    """SM2 with SM3 (GB/T 32918): public key 0x04 ‖ x ‖ y, signature r ‖ s."""
    return Scheme(b"\xffsm2-with-sm3/v1\n", b"\xffcosignature/v1/sm2-with-sm3\n", 65, 64, check)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key one knows: whose it is, how it signs, plainly or with the moment."""

    name: str
    scheme: Scheme
    public: bytes
    timed: bool = False

    @property
    def id(self) -> bytes:
        """Four bytes that, with the name, say which key signed; no proof of anything."""
        return hashlib.sha256(self.name.encode() + b"\n" + self._typed).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """The key as people hand it on: name, id and key with a plus between."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self._typed).decode()}"

    @property
    def _typed(self) -> bytes:
        return (self.scheme.timed if self.timed else self.scheme.plain) + self.public


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who signed, by the first four bytes of the key's hash, and the bytes after them."""

    name: str
    id: bytes
    said: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.id + self.said).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that held: whose key, and when where it says so."""

    by: Verifier
    at: datetime | None


def read(data: bytes) -> Note:
    """The note in these bytes; Unreadable where it is not written as it must be. Nothing is believed yet."""
    text, _, lines = _plain(data).rpartition("\n\n")
    signatures = tuple(_signature(line) for line in lines.removesuffix("\n").split("\n"))
    if not text or not lines.endswith("\n") or len(signatures) > MOST_SIGNATURES:
        raise Unreadable("签名文书要有正文、空行和一至 {most} 行签名，请取回完整的文件。", most=MOST_SIGNATURES)
    return Note(text + "\n", signatures)


def verified(note: Note, known: Collection[Verifier]) -> list[Signed]:
    """The known keys that signed, each once, in the order of `known`.

    Untrue where none did, or where a signature that names a known key does not hold.
    """
    held = []
    for verifier in known:
        lines = [one for one in note.signatures if (one.name, one.id) == (verifier.name, verifier.id)]
        moments = [_checked(verifier, note.text, one.said) for one in lines]
        held += [Signed(verifier, moment) for moment in moments[:1]]
    if not held:
        raise Untrue("没有一个已知的密钥签过这份文书。")
    return held


def signature(verifier: Verifier, text: str, sign: Callable[[bytes], bytes], at: datetime) -> Signature:
    """The line by which the key of `verifier`, that `sign`s, signs a text; `at` counts where the key tells the time."""
    moment = int(at.timestamp())
    before = moment.to_bytes(_TIME_BYTES, "big") if verifier.timed else b""
    return Signature(verifier.name, verifier.id, before + sign(_message(verifier, text, moment)))


def read_verifier(text: str, schemes: Collection[Scheme] = (ED25519,)) -> Verifier:
    """The key that `name+id+key` tells of; Unreadable where it is broken or of a way of signing not in `schemes`."""
    name, _, rest = text.partition("+")
    id_, _, said = rest.partition("+")
    typed = decoded(said)
    for scheme in schemes:
        for timed in (False, True):
            type_ = scheme.timed if timed else scheme.plain
            verifier = Verifier(name, scheme, typed[len(type_) :], timed)
            whole = typed.startswith(type_) and len(verifier.public) == scheme.public_bytes
            if whole and _NAME.fullmatch(name) and verifier.id.hex() == id_:
                return verifier
    raise Unreadable("“{key}”不是可用的验证公钥，请核对后重新填写。", key=text[:80])


def decoded(text: str) -> bytes:
    """The bytes of standard base64; Unreadable where it is not spelt in the one way there is."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if base64.b64encode(data).decode() != text:
        raise Unreadable("“{text}”不是规范的 Base64。", text=text[:40])
    return data


def _plain(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable("签名文书超过 {most} 字节，不予读取。", most=MOST_BYTES)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Unreadable("签名文书不是 UTF-8 文本。") from None
    if _CONTROL.search(text):
        raise Unreadable("签名文书里有控制字符。")
    return text


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    said = decoded(found["said"]) if found else b""
    if found is None or len(said) <= _ID_BYTES:
        raise Unreadable("“{line}”不是签名行。", line=line[:80])
    return Signature(found["name"], said[:_ID_BYTES], said[_ID_BYTES:])


def _checked(verifier: Verifier, text: str, said: bytes) -> datetime | None:
    before = _TIME_BYTES if verifier.timed else 0
    moment = int.from_bytes(said[:before], "big")
    whole = len(said) == before + verifier.scheme.signature_bytes
    if not whole or not verifier.scheme.check(verifier.public, _message(verifier, text, moment), said[before:]):
        raise Untrue("“{name}”的签名与文书不符，文书被改动过或签名是伪造的。", name=verifier.name)
    try:
        return datetime.fromtimestamp(moment, UTC) if verifier.timed else None
    except (ValueError, OverflowError, OSError):
        raise Untrue("“{name}”签名的时间不存在。", name=verifier.name) from None


def _message(verifier: Verifier, text: str, moment: int) -> bytes:
    return (f"cosignature/v1\ntime {moment}\n{text}" if verifier.timed else text).encode()
