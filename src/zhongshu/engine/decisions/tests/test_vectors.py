"""One file of vectors, to be agreed to by the server and by the page: expression, data, value, and perhaps "ask"."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from zhongshu.engine.decisions.rules import feel, portable, tree
from zhongshu.engine.decisions.rules.functions import IS_DEFINED, TABLE
from zhongshu.engine.decisions.rules.portable import OURS_ALONE
from zhongshu.engine.decisions.tests import page as pages
from zhongshu.engine.decisions.tests.typed import typed, untyped

AT = datetime.fromisoformat("2026-03-01T08:30:00+08:00")
VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())


@pytest.fixture(scope="module")
def page():
    with pages.opened() as page:
        yield page


def same(found, expected):
    """Whether two JSON values are written alike: 1 is not true, 0.10 not 0.1."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


@pytest.mark.parametrize("section", VECTORS)
def test_the_server_agrees(section):
    found = [(text, data, typed(feel.compile(text).evaluate(untyped(data), AT))) for text, data, *_ in VECTORS[section]]
    wrong = [
        (each, vector)
        for each, vector in zip(found, VECTORS[section], strict=True)
        if not same(each[2], vector[2])
    ]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize("section", VECTORS)
def test_the_page_agrees(page, section):
    wrong = []
    for text, data, expected, *ask in VECTORS[section]:
        found = page.works_out(feel.compile(text), untyped(data), AT)
        if not same(found, {"ask": True} if ask else {"value": expected}):
            wrong.append((text, data, expected, found))
    assert not wrong


def parts(node):
    yield node
    for child in tree.children(node):
        yield from parts(child)


def test_the_vectors_go_through_every_function_and_every_kind_of_node():
    roots = [feel.compile(text).root for section in VECTORS.values() for text, *_ in section]
    nodes = [node for root in roots for node in parts(root)]
    called = {node.function for node in nodes if isinstance(node, tree.Call)}
    called |= {node.name for node in nodes if isinstance(node, tree.Name)}
    assert not ({*TABLE, IS_DEFINED} - called)
    kinds = {kind for kind in vars(tree).values() if isinstance(kind, type) and issubclass(kind, tree.Node)}
    assert {type(node) for node in nodes} == kinds - {tree.Node, tree.UnaryTests}


def test_the_page_takes_what_the_server_takes_for_every_function_but_those_of_the_server_alone(page):
    ours = {
        name: [
            [[each.name, sorted(each.kinds), each.optional, each.many] for each in signature.parameters]
            for signature in function.signatures
        ]
        for name, function in TABLE.items() if name not in OURS_ALONE
    }  # fmt: skip
    assert page.answers({}) == ours


@pytest.mark.parametrize("cell", ["< 5, > 60", 'not("甲", null)', "-", "[1..9)", "? * 2 > 3", "true", "甲, 乙"])
@pytest.mark.parametrize("value", [None, 3, 71, "甲", True])
def test_a_cell_of_a_table_is_asked_alike(page, cell, value):
    test = feel.read_tests(cell)
    data = {"?": value, "甲": 3, "乙": "甲"}
    assert same(page.works_out(test, data, AT), {"value": test.evaluate(data, AT)})


def test_the_json_is_small_and_names_what_it_needs():
    assert portable.written(feel.compile('年龄 >= 60 and 户籍 in ("本市", "本区")')) == {
        "feel": 1,
        "names": ["年龄", "户籍"],
        "tree": [
            "and",
            [">=", ["name", "年龄"], 60],
            ["in", ["name", "户籍"], ["", "本市", False], ["", "本区", False]],
        ],
    }


@pytest.mark.parametrize("text", ['matches(a, "^b")', "for f in [split] return 1", '@"08:00:00@Asia/Shanghai"'])
def test_what_the_page_cannot_work_out_is_not_sent_to_it(text):
    assert portable.written(feel.compile(text)) is None


def test_json_of_another_version_is_left_to_the_server(page):
    newer = {"feel": 2, "names": [], "tree": 1}
    assert page.answers({"portable": newer, "data": {}, "at": None}) == {"ask": True}
    unknown = {"feel": 1, "names": [], "tree": ["and", True, ["surprise", 1]]}
    assert page.answers({"portable": unknown, "data": {}, "at": None}) == {"ask": True}
