"""Decision models: small ones, written here, each to one point."""

import pytest

from zhongshu.engine.decisions.rules.dmn import models, running

FAMILY = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(inside: str, *others: str, family: str = FAMILY) -> models.Model:
    texts = [text if text.startswith("<") else "" for text in others]
    return models.read(written(inside, family=family), [text.encode() for text in texts])


def written(inside: str, *, family: str = FAMILY, namespace: str = "urn:city") -> bytes:
    return f'<definitions xmlns="{family}" name="m" namespace="{namespace}">{inside}</definitions>'.encode()


def decision(name: str, logic: str, *needs: str, type_ref: str = "Any") -> str:
    sorts = {"input": "requiredInput", "decision": "requiredDecision", "bkm": "requiredKnowledge"}
    requirements = "".join(
        f'<{"knowledge" if sort == "bkm" else "information"}Requirement><{sorts[sort]} href="#{key}"/>'
        f"</{'knowledge' if sort == 'bkm' else 'information'}Requirement>"
        for sort, key in (need.split(":") for need in needs)
    )
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<decision id="{name}" name="{name}">{variable}{requirements}{logic}</decision>'


def given(name: str, type_ref: str = "Any") -> str:
    return f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/></inputData>'


def text(feel: str) -> str:
    escaped = feel.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{escaped}</text></literalExpression>"


def cell(tag: str, feel: str) -> str:
    return f"<{tag}>{text(feel).removeprefix('<literalExpression>').removesuffix('</literalExpression>')}</{tag}>"


def table(policy: str, rules: list[tuple[str, str]], *, values: str = "", default: str = "", more: str = "") -> str:
    output = (cell("outputValues", values) if values else "") + (cell("defaultOutputEntry", default) if default else "")
    rows = "".join(f"<rule>{cell('inputEntry', asked)}{cell('outputEntry', out)}</rule>" for asked, out in rules)
    return (
        f'<decisionTable hitPolicy="{policy}" {more}><input>{cell("inputExpression", "x")}</input>'
        f"<output>{output}</output>{rows}</decisionTable>"
    )


def answer(inside: str, name: str = "d", **inputs):
    return running.evaluate(model(inside), name, inputs).value


BANDS = [("< 10", '"低"'), ("[5..20]", '"中"'), ("> 15, null", '"高"')]


@pytest.mark.parametrize(
    ("policy", "x", "expected"),
    [
        ("UNIQUE", 3, "低"),
        ("UNIQUE", 7, None),
        ("FIRST", 7, "低"),
        ("ANY", 7, None),
        ("PRIORITY", 7, "中"),
        ("RULE ORDER", 7, ["低", "中"]),
        ("OUTPUT ORDER", 7, ["中", "低"]),
        ("COLLECT", 17, ["中", "高"]),
        ("UNIQUE", None, "高"),
        ("UNIQUE", "文字", None),
    ],
)
def test_a_table_answers_by_its_hit_policy(policy, x, expected):
    inside = given("x") + decision("d", table(policy, BANDS, values='"高", "中", "低"'), "input:x")
    assert answer(inside, x=x) == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)])
def test_a_table_that_collects_may_sum_up(aggregation, expected):
    rules = [("-", "1"), ("> 0", "2"), ("? > 0", "3")]
    inside = given("x") + decision("d", table("COLLECT", rules, more=f'aggregation="{aggregation}"'), "input:x")
    assert answer(inside, x=1) == expected


def test_a_table_no_rule_of_which_is_met_answers_its_default():
    inside = given("x") + decision("d", table("UNIQUE", BANDS[:1], default='"无"'), "input:x")
    assert answer(inside, x=50) == "无"


def test_a_long_table_answers_like_its_rows_one_by_one():
    rules = [(f"[{n}..{n + 7})", str(n)) for n in range(0, 200, 3)]
    inside = given("x") + decision("d", table("COLLECT", rules), "input:x")
    read = model(inside)
    for x in range(-2, 210):
        expected = [n for n in range(0, 200, 3) if n <= x < n + 7] or None
        assert running.evaluate(read, "d", {"x": x}).value == expected


def test_decisions_use_each_other_and_business_knowledge():
    inside = (
        given("家庭 收入", "number")
        + '<businessKnowledgeModel id="税" name="税"><variable name="税"/><encapsulatedLogic>'
        + '<formalParameter name="额" typeRef="number"/>'
        + text("额 * 0.03")
        + "</encapsulatedLogic></businessKnowledgeModel>"
        + decision("应缴", text("税(家庭 收入)"), "input:家庭 收入", "bkm:税")
        + decision("d", text('if 应缴 > 100 then "多" else "少"'), "decision:应缴", type_ref="string")
    )
    assert answer(inside, **{"家庭 收入": 5000}) == "多"


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (f'<context><contextEntry><variable name="a"/>{text("1")}</contextEntry>'
         f"<contextEntry>{text('a + 1')}</contextEntry></context>", 2),
        (f"<list>{text('1')}{text('2')}</list>", [1, 2]),
        (f'<relation><column name="a"/><row>{text("1")}</row><row>{text("2")}</row></relation>', [{"a": 1}, {"a": 2}]),
        (f"<conditional><if>{text('false')}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>", 2),
        (f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>", [2, 3]),
        (f'<for iteratorVariable="i"><in>{text("1..3")}</in><return>{text("i * 2")}</return></for>', None),
        (f'<for iteratorVariable="i"><in>{text("[1..3]")}</in><return>{text("i * 2")}</return></for>', [2, 4, 6]),
        (f'<some iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i > 1")}</satisfies></some>', True),
        (f'<every iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i")}</satisfies></every>', None),
        (f'<invocation>{text("function(a) a + 1")}<binding><parameter name="a"/>{text("2")}</binding></invocation>', 3),
    ],
)  # fmt: skip
def test_a_boxed_expression_means_what_its_text_would(logic, expected):
    assert answer(decision("d", logic)) == expected


def test_a_value_is_brought_to_the_type_of_its_variable():
    allowed = cell("allowedValues", '"鼓楼", "玄武"')
    item = f'<itemDefinition name="区"><typeRef>string</typeRef>{allowed}</itemDefinition>'
    assert answer(item + decision("d", text('"鼓楼"'), type_ref="区")) == "鼓楼"
    assert answer(item + decision("d", text('["鼓楼"]'), type_ref="区")) == "鼓楼"
    result = running.evaluate(model(item + decision("d", text('"雨花"'), type_ref="区")), "d", {})
    assert result.value is None
    assert [str(note) for note in result.notes] == ["“d”的值不是它要的类型。"]


def test_a_service_is_asked_by_name_or_called_as_a_function():
    inside = (
        given("n", "number")
        + decision("两倍", text("n * 2"), "input:n")
        + '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#两倍"/>'
        + '<inputData href="#n"/></decisionService>'
        + decision("d", text("s(4) + s(n: 1)"), "bkm:s")
    )
    assert answer(inside, "s", n=3) == 6
    assert answer(inside) == 10


def test_a_model_imports_others_by_namespace():
    law = written(decision("起征点", text("5000")), namespace="urn:law").decode()
    need = '<informationRequirement><requiredDecision href="urn:law#起征点"/></informationRequirement>'
    inside = '<import namespace="urn:law" name="法" importType="DMN"/>' + decision("d", need + text("法.起征点 + 1"))
    assert running.evaluate(model(inside, law), "d", {}).value == 5001


@pytest.mark.parametrize("year", ["20151101", "20180521", "20191111", "20211108", "20230324"])
def test_every_version_of_the_standard_is_read(year):
    host = "http://www.omg.org" if year < "2019" else "https://www.omg.org"
    read = model(decision("d", text("1")), family=f"{host}/spec/DMN/{year}/MODEL/")
    assert running.evaluate(read, "d", {}).value == 1


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_a_function_that_leads_out_is_refused_by_name(kind):
    inside = (
        f'<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic kind="{kind}">{text("1")}'
        "</encapsulatedLogic></businessKnowledgeModel>" + decision("d", text("f()"), "bkm:f")
    )
    result = running.evaluate(model(inside), "d", {})
    assert result.value is None
    assert f"“f”是 {kind} 函数，平台不运行；请改用 FEEL。" in map(str, result.notes)


def test_a_function_that_leads_out_is_refused_where_a_text_writes_it():
    read = model(decision("d", text('function(a) external {java: {class: "java.lang.Math"}}')))
    assert read.parts["d"].refused == "Java"
    assert running.evaluate(read, "d", {}).value is None


def test_business_knowledge_may_call_itself():
    inside = (
        '<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="n"/>'
        + text("if n < 2 then 1 else n * f(n - 1)")
        + "</encapsulatedLogic></businessKnowledgeModel>"
        + decision("d", text("f(5)"), "bkm:f")
        + decision("endless", text("f(1000000)"), "bkm:f")
    )
    assert answer(inside) == 120
    assert answer(inside, "endless") is None


def test_what_cannot_be_read_is_null_and_told():
    read = model(decision("d", text("1 +")))
    assert running.evaluate(read, "d", {}).value is None
    assert len(read.problems) == 1


def test_a_decision_that_needs_itself_is_null():
    inside = decision("a", text("b"), "decision:b") + decision("b", text("a"), "decision:a")
    assert answer(inside, "a") is None


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<definitions/>",
        b'<!DOCTYPE d [<!ENTITY a "b">]>' + written(""),
        written("<a>" * 70 + "</a>" * 70),
        b"<definitions",
        written(decision("d", '<decisionTable hitPolicy="GUESS"/>')),
    ],
)
def test_what_is_no_model_is_refused(xml):
    with pytest.raises(models.Unreadable):
        models.read(xml)
