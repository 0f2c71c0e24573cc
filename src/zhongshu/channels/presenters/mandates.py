"""A mandate as it is typed and as it is shown, by whoever it concerns and at the counter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.presenters import names
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people.models import Account, Mandate
from zhongshu.registers.people.queries import mandates
from zhongshu.registers.people.rules.mandates import Terms

KINDS = {
    "family": "家人代办", "helper": "帮办员代办", "firm_agent": "企业经办人", "guardian": "监护人代办",
}  # fmt: skip
HOWS = {
    "online": "本人在线授权", "counter": "本人当面同意", "signed": "本人签字的委托书", "law": "法定监护",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A mandate in a list; `state` is waiting, running, coming, over or revoked."""

    mandate: Mandate
    principal: str
    agent: str
    kind: str
    how: str
    matters: list[str]
    state: str


def shown(found: Iterable[Mandate], at: datetime) -> list[Shown]:
    """Mandates as lines, in the page's language."""
    return [_shown(one, at) for one in found]


def _shown(one: Mandate, at: datetime) -> Shown:
    matters = [names.category(code, code) for code in one.matters]
    kind, how = gettext(KINDS[one.kind]), gettext(HOWS[one.how])
    return Shown(one, **mandates.called(one), kind=kind, how=how, matters=matters, state=_state(one, at))


def _state(one: Mandate, at: datetime) -> str:
    if one.revoked:
        return "revoked"
    if one.ends and one.ends <= at:
        return "over"
    if not one.accepted:
        return "waiting"
    return "running" if one.terms.runs(at) else "coming"


def kinds(*wanted: str) -> list[tuple[str, str]]:
    """Kinds to choose from."""
    return [(code, gettext(KINDS[code])) for code in wanted]


def hows(*wanted: str) -> list[tuple[str, str]]:
    """Ways of consent to choose from."""
    return [(code, gettext(HOWS[code])) for code in wanted]


def matters(chosen: Iterable[str] = ()) -> list[tuple[str, str, bool]]:
    """The classes of matters to choose from: code, name, whether it is chosen."""
    known = set(chosen)
    return [(top.code, names.local(top), top.code in known) for top in catalogue.children(None)]


def terms(posted: QueryDict, at: datetime) -> Terms:
    """What was typed of a mandate that begins now and ends with the last day."""
    known = {top.code for top in catalogue.children(None)}
    chosen = tuple(sorted(set(posted.getlist("matters"))))
    if not known.issuperset(chosen):
        raise Invalid("请从列表中选择代办的事项。", field="matters")
    return Terms(posted.get("kind", ""), at, _ends(posted), chosen)  # type: ignore[arg-type]


def _ends(posted: QueryDict) -> datetime | None:
    text = posted.get("ends", "").strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2200:
        raise Invalid("请填写真实的日期，例如 2027-01-31。", field="ends")
    return datetime.combine(day, time.max, SHANGHAI)


def agent(posted: QueryDict) -> Account:
    """Who is to act: the account whose login and name were both typed; which of them is wrong is not told."""
    found = mandates.agent(posted.get("agent", "")[:64], posted.get("agent_name", "")[:50])
    if found is None:
        raise Invalid("没有找到登录名和姓名都相符的账号，请向代办人核对。", field="agent")
    return found
