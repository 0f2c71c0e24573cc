"""Which notice is in force, and who agreed to which."""

from datetime import datetime

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.privacy.models import Consent, Notice
from zhongshu.registers.privacy.rules import notices
from zhongshu.registers.privacy.rules.notices import Edition


def current(code: str, at: datetime) -> Edition:
    """The version in force at `at`: the newest that has become effective, else the one the platform comes with."""
    found = Notice.objects.filter(code=code, effective__lte=at).order_by("-version").first()
    return Edition(code, found.version, found.text, found.text_en) if found else notices.first(code)


def edition(code: str, version: int) -> Edition | None:
    """One version, whether or not it is in force."""
    if version == 1 and code in notices.PURPOSES:
        return notices.first(code)
    found = Notice.objects.filter(code=code, version=version).first()
    return Edition(code, found.version, found.text, found.text_en) if found else None


def newest(code: str) -> int:
    """The number of the last version there is, in force or still to come."""
    return Notice.objects.filter(code=code).order_by("-version").values_list("version", flat=True).first() or 1


def consents(by: Actor) -> list[Consent]:
    """What the actor agreed to, newest first."""
    return list(Consent.objects.filter(account=by.id).order_by("-given", "-id"))


def agreed(account: str, code: str, at: datetime) -> bool:
    """Whether this account agrees to the version in force."""
    version = current(code, at).version
    return Consent.objects.filter(account=account, notice=code, version=version, withdrawn=None).exists()


def to_ask_again(account: str, at: datetime) -> list[Edition]:
    """The notices of which this account agreed to an earlier version only: to be asked at the next sign-in."""
    held: dict[str, int] = {}
    for code, version in Consent.objects.filter(account=account, withdrawn=None).values_list("notice", "version"):
        held[code] = max(version, held.get(code, 0))
    return [now for code, version in held.items() if (now := current(code, at)).version > version]
