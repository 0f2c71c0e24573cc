"""Certificates of destruction, and whether they are genuine."""

from dataclasses import dataclass
from uuid import UUID

from zhongshu.base.crypto import signing
from zhongshu.base.http.refusals import Absent
from zhongshu.registers.privacy.models import Certificate
from zhongshu.registers.privacy.rules import certificates


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate: what it says, its text, the signature over that and the public key it is checked with."""

    said: certificates.Said
    text: str
    signature: str
    key: str
    genuine: bool


def one(id: UUID) -> Shown:
    """The certificate with this number, checked; Absent when there is none."""
    found = Certificate.objects.filter(pk=id).first()
    if found is None:
        raise Absent("没有这个编号的销毁证明，请核对编号。")
    genuine = signing.is_signed(found.said, found.signature, certificates.ABOUT)
    key = signing.public_key(found.signature)
    return Shown(certificates.read(found.said), found.said, found.signature, key, genuine)


def newest(limit: int = 50) -> list[Certificate]:
    """The last certificates, newest first."""
    return list(Certificate.objects.order_by("-at", "-id")[:limit])
