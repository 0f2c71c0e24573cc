"""The page settles any form as the server does: random forms, rules and answers."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.tests import page as pages
from zhongshu.engine.intake.rules import asking, planned, questionnaire
from zhongshu.engine.intake.rules.shape import Field, Questionnaire
from zhongshu.engine.intake.tests.family import FAMILY, SENT

SAMPLE = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
CHOICES = {"type": "array", "items": {"type": "string", "enum": ["甲", "乙", "丙"]}}
NUMBERS = ["1", "2.5", "１２", " 3 ", "x", "1e3", "-0.1", "+7", "007", "0.30", "123456789012345", 4, 2.5, True]
MOMENTS = ["2026-03-01T08:30", "2026-03-01 08:30:15", "2026-03-01", "1980-01-01T00:00", "2026-03-01T08:30+02:00", "x"]
DRAWN: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "text": ({"type": "string"}, ["", "甲", " 乙丙 ", "a\r\nb", 5]),
    "number": ({"type": "number"}, NUMBERS),
    "integer": ({"type": "integer"}, NUMBERS),
    "amount": (
        {"type": "number", "x-ui": {"widget": "amount"}},
        ["￥1,234.50", "12元", "0.1", "1,2", "3.005", "99.99"],
    ),
    "boolean": ({"type": "boolean"}, ["on", "否", "true", False, "maybe", "1"]),
    "date": ({"type": "string", "format": "date"}, ["2026-03-01", "2026年3月1日", "2026.3.9", "2026-02-30", "昨天"]),
    "time": ({"type": "string", "format": "time"}, ["8:30", "25:00", "08：30：15", "中午"]),
    "date-time": ({"type": "string", "format": "date-time"}, MOMENTS),
    "phone": ({"type": "string", "format": "phone"}, ["138 0013 8000", "+8613800138000"]),
    "uscc": ({"type": "string", "format": "uscc"}, ["9132 0102-ma1m"]),
    "choice": ({"type": "string", "enum": ["甲", "乙"]}, ["甲", "丁", ""]),
    "choices": (CHOICES, [["甲", "乙"], "甲", ["", "丙"], []]),
}
CONDITIONS = [
    *("{0} = {1}", "{0} > 3", "is defined({0})", "{1}", "not({1})", "{0} < {1} or {1} = null", 'contains({0}, "甲")'),
    *('{0} in ("甲", 2)', 'matches({0}, "1")', 'upper case({0}) = "ß"', '{0} = date("2026-03-01")', "count({0}) > 1"),
    *('{0} >= @"08:00:00"', 'some x in {0} satisfies x = "甲"', "rows[item.x > 2] != []", "count(rows) > 1"),
]
WORKINGS = [
    *(
        "{0}",
        "{0} + {1}",
        "{0} * 1.005",
        "{0} / 3",
        "string({0})",
        "{0} / 0",
        '{0} + @"P1D"',
        "sum(rows.x)",
        "{0}.year",
    ),
    *("rows[1].x", "count({0})", "if {1} = null then {0} else {1}", 'replace({0}, "1", "2")', "string(rows)"),
    *('"共" + string({0})', "{0} = {1}", '[{0}, "甲"]', '["甲"]'),
]


@pytest.fixture(scope="module")
def page():
    with pages.opened() as page:
        yield page


def form(random: Random) -> Questionnaire | None:
    """A form with a group that repeats; None if its rules went round in a circle."""
    names = [f"f{n}" for n in range(random.randint(2, 8))]
    own = ["x", "y", "f1"]
    fields = {name: drawn(random, names[: max(place, 1)]) for place, name in enumerate(names)}
    inner = {name: drawn(random, own[:place] + names) for place, name in enumerate(own)}
    row = {"type": "object", "properties": inner, "required": random.sample(own, 1)}
    rows = {"type": "array", "items": row, "maxItems": random.choice([2, 5])}
    required = random.sample(names, 2)
    try:
        return questionnaire.read({"type": "object", "properties": fields | {"rows": rows}, "required": required})
    except Invalid:
        return None


def drawn(random: Random, known: list[str]) -> dict[str, Any]:
    """A field with perhaps a few rules over those known."""
    schema, _ = DRAWN[random.choice(sorted(DRAWN))]
    chances = {"visible": (0.4, CONDITIONS), "required": (0.3, CONDITIONS), "computed": (0.3, WORKINGS)}
    rules = {
        key: random.choice(rules).format(*random.choices(known, k=2))
        for key, (chance, rules) in chances.items() if random.random() < chance
    }  # fmt: skip
    return schema | {"x-ui": schema.get("x-ui", {}) | rules}


def answers(random: Random, fields: tuple[Field, ...], prefix: str = "") -> dict[str, Any]:
    """What somebody may have typed, in the inputs of a form."""
    found: dict[str, Any] = {}
    for field in fields:
        if field.kind == "rows":
            for row in range(random.randint(0, 3)):
                found |= answers(random, field.fields, f"{field.name}.{row}.")
        elif random.random() < 0.8:
            found[prefix + field.name] = random.choice(DRAWN[field.kind][1])
    return found


def agreed(page: pages.Page, asked: Questionnaire, sent: dict[str, Any]) -> bool:
    """Whether the page settled the round alone; what it says is so in any case."""
    found = page.answers({"plan": planned.plan(asked.plan), "answers": sent})
    settled = asking.round_of(asked, sent)
    expected = {"shown": sorted(settled.shown), "required": sorted(settled.required), "computed": settled.computed}
    if not found["ask"]:
        assert {key: found[key] for key in expected} == expected, sent
        return True
    assert set(found["shown"]) <= settled.shown, sent
    assert set(found["required"]) <= settled.required, sent
    assert found["computed"].items() <= {key: settled.computed[key] for key in found["computed"]}.items(), sent
    return False


@SAMPLE
@given(some.randoms(use_true_random=False))
def test_the_page_settles_what_the_server_settles(page, random):
    for asked in filter(None, (form(random) for _ in range(4))):
        agreed(page, asked, answers(random, asked.fields))


def test_the_page_settles_a_family_alone(page):
    assert agreed(page, FAMILY, SENT)
    assert agreed(page, FAMILY, SENT | {"members.1.income": "9000"})


@pytest.mark.deep
def test_the_page_settles_what_the_server_settles_a_thousand_times_alone(page):
    drawn = ((Random(seed), form(Random(seed))) for seed in range(6_000))
    assert sum(agreed(page, asked, answers(random, asked.fields)) for random, asked in drawn if asked) >= 1_000
