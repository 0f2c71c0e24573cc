"""Machine door of Open311: parse, ask one query or call one action, answer in the format of the address."""

from django.core.exceptions import SuspiciousOperation

from zhongshu.affairs.city import actions
from zhongshu.affairs.city.open311 import queries
from zhongshu.affairs.city.open311.api import form
from zhongshu.affairs.city.open311.api.entrance import Answer, bearer, door
from zhongshu.affairs.city.open311.rules import report as reports
from zhongshu.affairs.city.open311.rules import shapes
from zhongshu.affairs.city.open311.rules.search import search
from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.people.api import Key


@door("GET", "HEAD")
def discovery(request: Request) -> Answer:
    """Where the doors are and when services last changed."""
    try:
        here = request.build_absolute_uri(request.path.rpartition("/")[0])
    except SuspiciousOperation:
        raise Invalid("这个地址不在本站的名单中，请用本站的网址访问。") from None
    return "discovery", queries.discovery(here)


@door("GET", "HEAD")
def services(request: Request) -> Answer:
    """What can be reported."""
    return "services", queries.services()


@door("GET", "HEAD")
def definition(request: Request, code: str) -> Answer:
    """What is asked of a report under a service."""
    return "service_definition", queries.definition(code)


@door("GET", "HEAD", "POST")
def requests(request: Request) -> Answer:
    """The requests searched for; or, by POST and with a key, a new one."""
    if request.method == "POST":
        return "service_requests", [_report(request)]
    asked = {name: ",".join(values) for name, values in request.GET.lists()}
    return "service_requests", queries.requests(search(asked, request.at))


@door("GET", "HEAD")
def one_request(request: Request, number: str) -> Answer:
    """One request."""
    return "service_requests", queries.request(number)


@door("GET", "HEAD")
def request_of_token(request: Request, token: str) -> Answer:
    """The request that a token stands for."""
    return "service_requests", [{"service_request_id": queries.number_of(token), "token": token}]


def _report(request: Request) -> shapes.Shape:
    sent = form.read(request)
    by = Key("case.report").authenticate(request, bearer(request) or reports.text(sent, "api_key"))
    queries.check_jurisdiction(reports.text(sent, "jurisdiction_id") or request.GET.get("jurisdiction_id", "").strip())
    opened = actions.report(form.event(request, sent, by), by=by, at=request.at)
    return queries.receipt(opened.number, opened.query_code)
