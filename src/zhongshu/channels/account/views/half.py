"""Somebody who has given one proof of two: kept in the session apart, never as somebody signed in."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from zhongshu.base.http.refusals import Unauthenticated
from zhongshu.registers.people.models import Account

KEY = "half"
LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Half:
    """Whose, proved by what, since when, where they were going, and what is still to do."""

    account: str
    method: str
    at: str
    onward: str
    enrol: bool = False
    stale: bool = False

    def owner(self) -> Account:
        """The account, which is still open."""
        found = Account.objects.filter(pk=self.account, closed=None).first()
        if found is None:
            raise over()
        return found


def begin(
    session: SessionBase, account: Account, method: str, onward: str, *, enrol: bool = False, stale: bool = False,
    at: datetime,
) -> None:  # fmt: skip
    """Keep that the account's first proof was given; the session's key is a new one from here."""
    session.flush()
    session[KEY] = asdict(Half(str(account.pk), method, at.isoformat(), onward, enrol, stale))


def read(session: SessionBase, at: datetime) -> Half | None:
    """Who has given a first proof here within the last ten minutes."""
    kept = session.get(KEY)
    found = Half(**kept) if kept else None
    return found if found and at < datetime.fromisoformat(found.at) + LIFE else None


def drop(session: SessionBase) -> None:
    """Forget it."""
    session.pop(KEY, None)


def over() -> Unauthenticated:
    """What somebody hears who comes too late."""
    return Unauthenticated("登录超过了十分钟，请重新登录。")
