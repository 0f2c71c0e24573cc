"""Whatever is sent: a document is read or refused, answers are kept or have a sentence."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.intake.tests.family import DOCUMENT, FAMILY

TEXT = st.text(st.characters(), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=4,
)
WORDS = st.sampled_from((
    "type", "items", "properties", "x-ui", "steps", "visible", "computed", "required", "pattern", "format", "enum",
    "maximum", "maxItems", "multipleOf", "widget", "accept", "$ref", "$defs", "name", "fields", "groups", "order",
))  # fmt: skip
VALUES = st.sampled_from((
    "string", "object", "array", "file", "amount", "total", "members.income", "#/$defs/x", "^(", "^a{9999}$",
    0, -1, 10**400, 1e-300, True, [], {}, None, ["members"], {"type": "number"},
))  # fmt: skip
BROKEN = st.recursive(VALUES | JSON, lambda inner: st.dictionaries(WORDS, inner, max_size=4), max_leaves=6)


def spots(part, path=()):
    """Every place of a document."""
    yield path
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield from spots(value, (*path, key))


def put(part, path, value):
    if not path:
        return value
    copy = json.loads(json.dumps(part))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copy


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(list(spots(DOCUMENT))), BROKEN)
def test_a_document_broken_anywhere_is_read_or_refused(path, value):
    with suppress(Invalid):
        form = questionnaire.read(put(DOCUMENT, path, value))
        questionnaire.check(form, {"name": "x", "members.0.name": "y"})


NAMES = st.sampled_from(
    ["name", "total", "rented", "members", "proof", "members.0.born", "members.0.x", "members.07.name"]
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["name", "born", "works", "income", "x"]), JSON, max_size=3) | JSON, max_size=3
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.dictionaries(NAMES | TEXT, JSON | ROWS, max_size=4))
def test_any_answers_are_kept_or_have_a_sentence(answers):
    checked = questionnaire.check(FAMILY, answers)
    assert all(str(problem) for problem in checked.problems.values())
    assert not checked.answers.keys() & checked.problems.keys()
    json.dumps(checked.answers, allow_nan=False).encode()
