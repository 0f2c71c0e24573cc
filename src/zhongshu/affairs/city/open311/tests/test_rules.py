"""The pure rules of Open311: XML that is always well formed, spans of time, answers."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.affairs.city.open311.rules import report
from zhongshu.affairs.city.open311.rules.search import MOST, SPAN, search
from zhongshu.affairs.city.open311.rules.written import xml
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Refusal
from zhongshu.engine.intake.rules import questionnaire

AT = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
LAWS = settings(max_examples=50, deadline=None, derandomize=True)
FORM = questionnaire.read(
    {
        "type": "object",
        "properties": {
            "parts": {"type": "array", "items": {"type": "string", "enum": ["root", "leaf"]}},
            "seen": {"type": "string", "format": "date"},
            "height": {"type": "number"},
        },
    }
)


@LAWS
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_well_formed_xml(text: str) -> None:
    found = ElementTree.fromstring(xml("services", [{"service_name": text, "group": None, "metadata": True}]))
    assert [part.tag for part in found[0]] == ["service_name", "group", "metadata"]
    assert len(found[0][0].text or "") <= len(text) and found[0][2].text == "true"


QUERIES = st.dictionaries(
    st.sampled_from(["start_date", "end_date", "page", "page_size", "status", "service_code", "service_request_id"]),
    st.sampled_from(["", "1", "7", "1000", "2026-01-01", "2026-03-01T00:00:00Z", "2025-12-01T00:00:00 08:00", "open"])
    | st.text(max_size=12),
)


@LAWS
@given(QUERIES)
def test_a_search_stays_in_its_bounds_or_is_refused(query: dict[str, str]) -> None:
    try:
        found = search(query, AT)
    except Refusal as refusal:
        assert str(refusal)
        return
    assert timedelta(0) <= found.last - found.first <= SPAN
    assert 0 <= found.offset < found.offset + found.limit <= MOST


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, AT - SPAN, AT),
        ({"start_date": "2026-03-01T00:00:00+08:00"}, datetime(2026, 3, 1, tzinfo=SHANGHAI), AT),
        ({"end_date": "2026-03-01"}, None, datetime(2026, 3, 1, 23, 59, 59, tzinfo=SHANGHAI)),
        ({"start_date": "2026-03-05", "end_date": ""}, datetime(2026, 3, 5, tzinfo=SHANGHAI), None),
        ({"start_date": "2025-01-01"}, None, datetime(2025, 4, 1, tzinfo=SHANGHAI)),
    ],
)
def test_an_end_left_open_is_ninety_days_off_or_now(query: dict[str, str], first: Any, last: Any) -> None:
    found = search(query, AT)
    assert first in (found.first, None) and last in (found.last, None)


def test_answers_take_the_shape_their_question_wants() -> None:
    sent = {
        "attribute[parts][]": ["root", "leaf"], "attribute[seen]": ["2026-02-28T18:00:00Z"],
        "attribute[height]": ["3.5"],
    }  # fmt: skip
    checked = questionnaire.check(FORM, report.answers(sent, FORM))
    assert checked.answers == {"parts": ["root", "leaf"], "seen": "2026-03-01", "height": 3.5}
    one_part = questionnaire.check(FORM, report.answers({"attribute[parts]": ["leaf"]}, FORM))
    assert one_part.answers == {"parts": ["leaf"]} and not one_part.problems
    wrong = questionnaire.check(FORM, report.answers({"attribute[seen]": ["soon"], "attribute[height]": ["x"]}, FORM))
    assert wrong.problems.keys() == {"seen", "height"}


@pytest.mark.parametrize(
    ("first", "last", "called"),
    [("小明", "王", "王小明"), ("John", "Smith", "John Smith"), ("", "王", "王"), ("John", "", "John"), ("", "", "")],
)
def test_a_name_is_written_as_its_language_has_it(first: str, last: str, called: str) -> None:
    assert report.teller({"first_name": [first], "last_name": [last]}) == called


def test_a_report_s_key_is_made_of_all_but_the_secret() -> None:
    sent = {"service_code": ["1101"], "lat": ["1"], "api_key": ["zs_a"]}
    same = {"api_key": ["zs_b"], "lat": ["1"], "service_code": ["1101"], "jurisdiction_id": ["9901"]}
    assert report.keys(sent, AT) == report.keys(same, AT)
    assert report.keys(sent, AT) != report.keys(sent | {"lat": ["2"]}, AT)
    now, before = report.keys(sent, AT)
    assert before == report.keys(sent, AT - report.REPEATED)[0] != now
