"""What was typed into a task's form."""

from typing import Any
from uuid import UUID

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.intake.rules.questionnaire import Questionnaire


def answers(request: access.Request, form: Questionnaire | None) -> dict[str, Any]:
    """The form's answers as typed, files apart."""
    return typed.typed(form, request.POST)


def revision(request: access.Request) -> int | None:
    """The revision of the case the page showed."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def account(request: access.Request, name: str = "account") -> UUID:
    """Whom the task is to go to."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Invalid("请选择交给谁。", field=name) from None


def position(request: access.Request) -> Position | None:
    """Where the doer says to stand; None when nothing is said."""
    lon, lat = request.POST.get("lon", ""), request.POST.get("lat", "")
    if not lon and not lat:
        return None
    try:
        return Position(float(lon), float(lat), request.at)
    except ValueError:
        raise Invalid("定位的经纬度有误，请重新定位。", field="position") from None
