"""Requests as anybody may see them."""

from collections.abc import Iterable
from uuid import UUID

from zhongshu.affairs.city.open311.queries import services
from zhongshu.affairs.city.open311.rules import shapes
from zhongshu.affairs.city.open311.rules.search import Search
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases.queries import published, scenarios
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


def requests(search: Search) -> list[shapes.Shape]:
    """The requests searched for, newest first, in one statement whatever their number."""
    open_to_all = list(services.published())
    if search.numbers:
        return _shown(published.numbered(search.numbers, open_to_all))
    wanted = published.Wanted(search.first, search.last, search.closed, search.limit, search.offset)
    if search.codes:
        return _shown(published.page_of([services.known(code).code for code in search.codes], wanted))
    return _shown(published.page(places.root(), open_to_all, wanted))


def request(number: str) -> list[shapes.Shape]:
    """The one request with this number, as a list; Absent when there is none."""
    if found := _shown(published.numbered([number], list(services.published()))):
        return found
    raise Absent("没有编号为 {id} 的请求。", id=number[:40])


def number_of(token: str) -> str:
    """The number of the request this token (a case's id) stands for; Absent when there is none."""
    try:
        found = published.number_of(UUID(token), list(services.published()))
    except ValueError:
        found = None
    if found is None:
        raise Absent("没有找到 token {id}；上报时已直接给出 service_request_id。", id=token[:40])
    return found


def _shown(found: Iterable[published.Published]) -> list[shapes.Shape]:
    return [shapes.request(_public(case)) for case in found]


def _public(case: published.Published) -> shapes.Request:
    """A case in words, from what is kept in memory."""
    scenario, spoken = scenarios.version(case.scenario, case.version), language()
    return shapes.Request(
        number=case.number, code=case.category, service=catalogue.category_name(case.category, spoken),
        description=services.titled(scenario.form), phase=scenario.phase_name(case.phase, spoken),
        body=people.body_name(case.body, spoken), opened=case.opened, changed=case.changed, due=case.due,
        closed=case.closed, address=places.joined(places.tree().path(case.place, at=case.opened), spoken),
        place=str(case.place)[: codes.Level.COMMUNITY], lon=case.lon, lat=case.lat,
    )  # fmt: skip
