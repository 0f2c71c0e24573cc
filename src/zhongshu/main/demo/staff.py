"""The people of the demo city: who they are and what they hold. Pure and seeded."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from zhongshu.main.demo.bodies import BodyPlan, person
from zhongshu.registers.places.rules.city import RegionRow


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Somebody to employ: login, name, body, roles with the body and place they reach (None: not limited)."""

    login: str
    name: str
    body: str
    grants: tuple[tuple[str, str | None, int | None], ...]
    shift: int | None = None
    skills: tuple[str, ...] = ()


def staff(plans: list[BodyPlan], regions: tuple[RegionRow, ...], random: Random) -> list[StaffPlan]:
    """About four hundred people: command centres, handlers of every body, grid officers and verifiers of streets."""
    return [*_command(plans, random), *_handlers(plans, random), *_street(regions, random), *_trust(plans, random)]


def _command(plans: list[BodyPlan], random: Random) -> Iterator[StaffPlan]:
    city = next(plan for plan in plans if plan.key == "city")
    yield StaffPlan("leader", person(random), "city", (("leader", None, None),))
    yield StaffPlan("administrator", person(random), "command", (("administrator", None, None),))
    for role in ("acceptor", "dispatcher", "supervisor"):
        yield StaffPlan(role, person(random), "command", ((role, None, city.place),))
    districts = [plan for plan in plans if plan.key.isdigit() and len(plan.key) == 6]
    for number, district in enumerate(districts, 1):
        for role in ("acceptor", "dispatcher", "supervisor"):
            for seat in range(2):
                login = f"{role}{number}{seat + 1}"
                yield StaffPlan(login, person(random), f"{district.key}/command", ((role, None, district.place),))
        yield StaffPlan(f"head{number}", person(random), district.key, (("leader", None, district.place),))


def _trust(plans: list[BodyPlan], random: Random) -> Iterator[StaffPlan]:
    """Who answers for rights, for what was done, for personal data; who serves people, and who makes scenarios."""
    seats = {
        "security": "security_administrator", "auditor": "auditor", "privacy": "privacy_officer",
        "privacy2": "privacy_officer",  # notices and terms are changed by two
    }  # fmt: skip
    for login, role in seats.items():
        yield StaffPlan(login, person(random), "command", ((role, None, None),))
    city = next(plan for plan in plans if plan.key == "city")
    for role in ("counter", "helper"):
        yield StaffPlan(role, person(random), "command", ((role, None, city.place),))
    yield StaffPlan("author", person(random), "city/8", (("author", "city/8", None),))


def _handlers(plans: list[BodyPlan], random: Random) -> Iterator[StaffPlan]:
    """Four handlers in every body that does field work; officer01 … run through them."""
    number = 0
    for plan in plans:
        if plan.kind in ("government",) or plan.key.endswith("command"):
            continue
        for _ in range(4):
            number += 1
            yield StaffPlan(
                f"officer{number:03d}",
                person(random),
                plan.key,
                (("handler", plan.key, None),),
                shift=plan.place,
            )


def _street(regions: tuple[RegionRow, ...], random: Random) -> Iterator[StaffPlan]:
    for number, street in enumerate(row for row in regions if len(row.code) == 9):
        place = int(street.code)
        for seat in range(3):
            login = f"verifier{number * 3 + seat + 1:03d}"
            yield StaffPlan(login, person(random), street.code, (("verifier", None, place),), shift=place)
        for seat in range(8):
            login = f"grid{number * 8 + seat + 1:03d}"
            yield StaffPlan(login, person(random), street.code, (("grid_officer", None, place),), shift=place)
