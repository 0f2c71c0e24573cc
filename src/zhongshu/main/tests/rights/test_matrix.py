"""Every address and operation, asked by every kind of visitor, answers as its line says."""

import os
from typing import Any
from zlib import crc32

import pytest

from zhongshu.main.rights import addresses, matrix
from zhongshu.main.rights.expected import VISITORS, Answer, Line, Visitor, Where, expected
from zhongshu.main.rights.lines import LINES
from zhongshu.main.tests.rights import sending
from zhongshu.main.tests.rights.visiting import Doorstep

DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
ELSEWHERE = {"GET mobile:worker": "a file that is built at set-up; main/tests looks at it in a browser"}


def asking(name: str) -> list[Visitor]:
    """Who asks: everybody, when there is time; else one who may over the thing, one who may elsewhere, one who may not.

    Which of them it is turns with the name, so that over all lines every kind of visitor comes.
    """
    if DEEP:
        return list(VISITORS)
    permission, turn = addresses.door(name).permission, crc32(name.encode())
    roles = [visitor for visitor in VISITORS if visitor.role]
    able = [visitor for visitor in roles if visitor.holds(permission) or not permission]
    near = [visitor for visitor in able if visitor.where and visitor.where.covers]
    far = [visitor for visitor in able if visitor not in near]
    unable = [visitor for visitor in roles if visitor not in able]
    plain = [visitor for visitor in VISITORS if not visitor.role]
    return [some[turn % len(some)] for some in (near, far, unable, plain) if some]


def test_every_address_has_a_line() -> None:
    named = {name.partition(" ")[2] if ":" in name else name for name in LINES}
    assert addresses.pages().keys() - named == set()
    assert addresses.operations().keys() - named == set()
    assert named - addresses.pages().keys() - addresses.operations().keys() == set()


def test_everybody_is_answered_as_the_matrix_says(doorstep: Doorstep) -> None:
    wrong = [
        f"{name} · {visitor.name}: {answer}, not {line}"
        for name in LINES
        if name not in ELSEWHERE
        for visitor, answer, line in _asked(doorstep, name)
        if answer != line
    ]
    assert wrong == []


def _asked(doorstep: Doorstep, name: str) -> list[tuple[Visitor, Answer | None, Answer]]:
    door, method = addresses.door(name), name.partition(" ")[0]
    sends = sending.sent(name, door, doorstep.things)
    return [
        (visitor, doorstep.answer(visitor, method, door, sends), expected(door, LINES[name], visitor))
        for visitor in asking(name)
    ]


@pytest.mark.parametrize("name", ["GET desk:cases", "GET portal:home", "GET screen:data", "GET /v1/cases"])
def test_a_door_that_stood_open_would_be_seen(name: str, doorstep: Doorstep) -> None:
    """The matrix is no rubber stamp: with the permission taken from the line's door, the answers differ."""
    shut = {visitor for visitor, _, line in _asked(doorstep, name) if line != Answer.OPEN}
    assert bool(shut) == bool(addresses.door(name).signed_in)


def test_a_thing_of_another_region_is_absent_and_the_attempt_is_recorded(doorstep: Doorstep) -> None:
    from zhongshu.base.journal.models import Entry

    stranger, name = Visitor("supervisor", Where.REGION), "GET desk:case"
    door = addresses.door(name)
    found = doorstep.send(stranger, "GET", door)
    assert found.status_code == 404
    (tried,) = Entry.objects.filter(verb="cases.foreign_case_tried")
    assert tried.facts["case"] == str(doorstep.things["case_id"])


def test_the_matrix_has_a_column_a_visitor_and_a_line_an_address() -> None:
    head, *lines = matrix.rows()
    assert len(head) == 3 + len(VISITORS) and len(lines) == len(LINES)
    at = {name: number for number, name in enumerate(head)}
    case = next(line for line in lines if line[1] == "desk:case")
    assert case[at["supervisor · own body"]] == "open"
    assert case[at["supervisor · other region"]] == "absent"
    assert (case[at["resident"]], case[at["anonymous"]]) == ("forbidden", "sign in")


def test_a_right_over_a_part_is_none_over_the_whole() -> None:
    door, line = addresses.door("GET desk:versions"), Line(whole=True)
    answers: dict[Any, Answer] = {where: expected(door, line, Visitor("leader", where)) for where in Where}
    assert [where for where, answer in answers.items() if answer == Answer.OPEN] == [Where.CITY]
