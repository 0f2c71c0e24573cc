"""Several at once: a number goes to one, a record is merged once, a firm has one representative."""

from collections.abc import Callable
from typing import Any

from zhongshu.base.http.refusals import Conflict
from zhongshu.registers.people import actions
from zhongshu.registers.people.models import FirmRole, Person, PersonMerge
from zhongshu.registers.people.tests.folk import Folk, number


def test_a_number_said_by_two_at_once_is_held_by_one(committed_city: Any, at_once: Callable[..., list[Any]]) -> None:
    folk, said = Folk(committed_city), number(serial="021")
    both = [folk.resident(f"twin{n}", "赵一", f"1390000090{n}") for n in range(2)]
    people = [folk.person(by).pk for by in both]

    def claim(n: int) -> Any:
        at = committed_city.now
        return lambda: actions.claim_identity(people[n], "resident_id", said, "赵一", by=both[n], at=at)

    assert sorted(at_once(claim(0), claim(1))) == ["said", "taken"]
    assert Person.objects.filter(pk__in=people, id_kind="resident_id").count() == 1


def test_two_records_are_merged_once_whichever_way_at_once(
    committed_city: Any, at_once: Callable[..., list[Any]]
) -> None:
    folk = Folk(committed_city)
    one, other = (folk.person(folk.resident(f"double{n}", "赵二", f"1390000091{n}")).pk for n in range(2))
    by, at = committed_city.actor("administrator"), committed_city.now
    done = at_once(
        lambda: actions.merge_persons(one, other, "是同一人", by=by, at=at),
        lambda: actions.merge_persons(other, one, "是同一人", by=by, at=at),
    )
    assert sum(isinstance(result, Conflict) for result in done) == 1
    assert PersonMerge.objects.filter(into__in=[one, other]).count() == 1


def test_a_firm_confirmed_for_two_at_once_has_one_representative(
    committed_city: Any, at_once: Callable[..., list[Any]]
) -> None:
    folk, roles = Folk(committed_city), []
    for n in range(2):
        boss = folk.resident(f"boss{n}", "赵三", f"1390000092{n}")
        folk.verified(boss, number(serial=f"03{n}"))
        roles.append(actions.register_firm("91990101M000100Y4A", "云汀小店", by=boss, at=committed_city.now))

    def confirm(role: FirmRole) -> Any:
        at = committed_city.now
        return lambda: actions.confirm_representative(role.pk, "云汀小店", "original", by=folk.clerk, at=at)

    at_once(*(confirm(role) for role in roles))
    standing = FirmRole.objects.filter(firm=roles[0].firm_id, ended=None, confirmed__isnull=False)
    assert standing.count() == 1 and FirmRole.objects.filter(firm=roles[0].firm_id).count() == 2
