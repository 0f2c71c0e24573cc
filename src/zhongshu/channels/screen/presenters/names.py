"""What bodies, places, categories and phases are called, from what is kept in memory."""

from zhongshu.base.http.language import language
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.lists import Row
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules.codes import Level


def body(known: int | None) -> str:
    """A body's name; empty for none."""
    return people.body_name(known, language())


def place(code: int | None) -> str:
    """The finest region with a name that holds a place; empty for none."""
    return places.joined(_path(code)[-1:], language())


def spot(code: int | None) -> str:
    """Where a case is, in the two finest regions: 帆影街道 灯塔社区."""
    return places.joined(_path(code)[-2:], language())


def _path(code: int | None) -> tuple[places.Name, ...]:
    return places.tree().path(code, coarsest=Level.PROVINCE) if code else ()


def title(row: Row) -> str:
    """What a case is about: its category."""
    return catalogue.category_name(row.category, language()) or row.title


def phase(row: Row) -> str:
    """The phase a case is in."""
    return scenarios.version(row.scenario, row.version).phase_name(row.phase, language())


def running_phases() -> dict[str, str]:
    """The phases of cases that are not at their end, over all scenarios, in the order of the way: code → name."""
    found: dict[str, str] = {}
    for scenario in scenarios.all_newest():
        ended = scenario.settings.case.ended
        codes = [code for code in scenario.settings.phases if code != ended]
        found |= {code: scenario.phase_name(code, language()) for code in codes if code not in found}
    return found
