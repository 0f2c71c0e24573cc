"""What mandates may be, and what nobody does with one."""

from datetime import UTC, datetime, timedelta

import pytest

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions.mandates import Kind, MandateScope
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.rules import mandates as rules
from zhongshu.registers.people.rules.mandates import LONGEST, Act, Consent, Terms

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EVIDENCE = "019a0000-0000-7000-8000-00000000000e"


def acting(kind: Kind, *matters: str) -> Actor:
    return Actor("a", "王敏", "resident", behalf="p", mandate=MandateScope("m", kind, "林**", matters))


@pytest.mark.parametrize("kind", LONGEST)
def test_nobody_gives_approves_or_changes_data_for_another(kind: Kind) -> None:
    for act in (Act.MANDATE, Act.APPROVE, Act.CHANGE_DATA, Act.SEE_IDENTITY):
        with pytest.raises(Forbidden):
            rules.refuse(acting(kind), act)
    for act in (Act.TELL, Act.SUPPLEMENT, Act.URGE):
        rules.refuse(acting(kind), act)


@pytest.mark.parametrize("act", [Act.RATE, Act.WITHDRAW, Act.CONFIRM])
def test_a_helper_does_not_speak_the_last_word_but_family_may(act: Act) -> None:
    with pytest.raises(Forbidden, match="帮办员不能替本人"):
        rules.refuse(acting("helper"), act)
    rules.refuse(acting("family"), act)
    rules.refuse(acting("guardian"), act)


def test_who_acts_for_nobody_is_refused_nothing() -> None:
    for act in Act:
        rules.refuse(Actor("a", "王敏", "resident"), act)


@pytest.mark.parametrize(
    ("matters", "scenario", "category", "covered"),
    [
        ((), "noise", "1601", True),
        (("11",), "city-event", "1101", True),
        (("1101",), "city-event", "1102", False),
        (("noise",), "noise", "1601", True),
        (("11", "16"), "noise", "1601", True),
        (("nois",), "noise", "1601", False),
    ],
)
def test_matters_are_scenarios_or_categories_with_all_under_them(
    matters: tuple[str, ...], scenario: str, category: str, covered: bool
) -> None:
    assert MandateScope("m", "family", "", matters).covers(scenario, category) is covered
    if not covered:
        with pytest.raises(Forbidden, match="不包括这类事项"):
            rules.within(acting("family", *matters), scenario, category)


@pytest.mark.parametrize("kind", [kind for kind, longest in LONGEST.items() if longest])
def test_a_mandate_ends_within_the_longest_of_its_kind(kind: Kind) -> None:
    longest = LONGEST[kind]
    assert longest is not None
    Terms(kind, AT, AT + longest).check(AT)
    for ends in (None, AT, AT + longest + timedelta(seconds=1)):
        with pytest.raises(Invalid) as refused:
            Terms(kind, AT, ends).check(AT)
        assert refused.value.field == "ends"


def test_a_guardian_goes_by_the_document_and_may_have_no_end() -> None:
    Terms("guardian", AT, None).check(AT)
    Terms("guardian", AT, AT + timedelta(days=5000)).check(AT)


def test_the_end_is_not_part_of_the_period() -> None:
    terms = Terms("family", AT, AT + timedelta(days=1))
    assert terms.runs(AT) and not terms.runs(AT + timedelta(days=1)) and not terms.runs(AT - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("kind", "consent", "field"),
    [
        ("guardian", Consent("counter", "当面"), "how"),
        ("family", Consent("law", "监护", EVIDENCE), "how"),
        ("guardian", Consent("law", "民法典第三十四条"), "evidence"),
        ("guardian", Consent("law", "", EVIDENCE), "words"),
        ("helper", Consent("signed"), "evidence"),
        ("helper", Consent("counter", " "), "words"),
    ],
)
def test_consent_that_does_not_carry_the_mandate_is_refused(kind: Kind, consent: Consent, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.consent(kind, consent)
    assert refused.value.field == field


def test_consent_that_carries_it_is_kept_trimmed() -> None:
    assert rules.consent("guardian", Consent("law", " 民法典第三十四条 ", EVIDENCE)).words == "民法典第三十四条"
    assert rules.consent("helper", Consent("signed", "", EVIDENCE)).evidence == EVIDENCE
    assert rules.consent("family", Consent("online")) == Consent("online")
