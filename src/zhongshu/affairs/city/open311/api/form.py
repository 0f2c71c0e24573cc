"""The form of a report as it comes in."""

from typing import ClassVar

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation

from zhongshu.affairs.city.actions import NewEvent
from zhongshu.affairs.city.open311 import queries
from zhongshu.affairs.city.open311.rules import report as reports
from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Invalid, Refusal, TooLarge
from zhongshu.base.permissions.rules import Actor

FORM = "application/x-www-form-urlencoded"


class NotAForm(Refusal):
    """What was sent is no form; nothing of it has been read."""

    status: ClassVar[int] = 415


def read(request: Request) -> reports.Sent:
    """The form that was sent. Only forms are read: a body of XML meets no parser, so no entity is ever resolved."""
    if request.content_type != FORM:
        raise NotAForm("请以 {form} 表单发送，不接受其他格式。", form=FORM)
    try:
        return {name: [str(value) for value in values] for name, values in request.POST.lists()}
    except RequestDataTooBig:
        raise TooLarge("请求内容过大：表单最多 2 MB。") from None
    except (SuspiciousOperation, BadRequest):
        raise Invalid("表单无法读取：请用 UTF-8 编码，最多 1000 项。") from None


def event(request: Request, sent: reports.Sent, by: Actor) -> NewEvent:
    """What the form reports. Where only an address was sent, the place it names."""
    if not (code := reports.text(sent, "service_code")):
        raise Invalid("请填写 service_code，可从 services 中选择。", field="service_code")
    answers = reports.answers(sent, queries.form(code))
    point, place, address = reports.point(sent), reports.text(sent, "address_id"), reports.text(sent, "address_string")
    if point is None and not place and address:
        point, place = queries.spot(address)
    key = reports.own_key(sent, request.headers.get("Idempotency-Key", "")) or queries.key(sent, by, request.at)
    return NewEvent(
        key=key, source="open311", category=code, answers=answers, lon=point.lon if point else None,
        lat=point.lat if point else None, place=place, address=address, name=reports.teller(sent),
        phone=reports.text(sent, "phone"),
    )  # fmt: skip
