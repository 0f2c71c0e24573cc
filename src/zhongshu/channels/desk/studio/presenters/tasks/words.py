"""Roles, levels, sources and starters in words, to choose from."""

from django.utils.translation import gettext

from zhongshu.base.permissions.roles import ROLES
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.rules.alarms import HOLDER

_POOLS = {
    "body": "负责的单位", "city": "市", "district": "区县", "street": "街道", "community": "社区", "cell": "网格",
}  # fmt: skip
_STARTERS = {"official": "部门人员（在工作台）", "applicant": "申请人（个人和企业）", "program": "对接的系统"}
_POSITIONS = {"none": "不记录", "optional": "能定位就记录", "required": "必须在现场定位"}


def roles() -> list[tuple[str, str]]:
    """Every role."""
    return [(code, names.local(role)) for code, role in ROLES.items()]


def told() -> list[tuple[str, str]]:
    """Whoever may be told of a deadline: the holder of the task, and every role."""
    return [(HOLDER, gettext("环节的经办人")), *roles()]


def pools() -> list[tuple[str, str]]:
    """The levels at which a task is offered."""
    return _of(_POOLS)


def starters() -> list[tuple[str, str]]:
    """Who may start a case."""
    return _of(_STARTERS)


def positions() -> list[tuple[str, str]]:
    """What is asked about where a task is done."""
    return _of(_POSITIONS)


def _of(known: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, gettext(name)) for code, name in known.items()]
