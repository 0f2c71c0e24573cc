"""Letters of a case: made by hand or because of a step, numbered without gaps, read by whom they are for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.tests.authoring import Author, authoring
from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.engine.letters import actions as letters
from zhongshu.engine.letters import typesetting
from zhongshu.engine.letters.models import Letter, Sequence
from zhongshu.engine.messages.models import Message
from zhongshu.registers.documents import actions as keeping
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.people.models import Account

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not typesetting.has_fonts(), reason="no fonts installed: nothing can be set"),
]


class Accepting(Report):
    """A complaint that an acceptor has taken."""

    def __init__(self, city: Any, **changes: Any) -> None:
        super().__init__(city, **changes)
        self.by = self.acceptor
        cases.claim(self.id, self.task("accept").token, by=self.by, at=city.now)

    def make(self, name: str = "accepted") -> Letter:
        return letters.make(self.id, name, by=self.by, at=self.city.now)

    @property
    def jobs(self) -> list[dict[str, Any]]:
        """Letters that steps have asked for."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [letters.JOB])
            asked = [json.loads(args) for (args,) in cursor.fetchall()]
        return [args for args in asked if args["case"] == str(self.id)]

    def run(self) -> list[bool]:
        return [
            letters.make_because(self.id, job["name"], cause=job["cause"], account=job["account"], at=self.city.now)
            for job in self.jobs
        ]


def text(letter: Letter) -> str:
    pages = PdfReader(BytesIO(documents.read(letter.document))).pages
    return "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")


@pytest.fixture
def case(city: Any) -> Accepting:
    return Accepting(city, name="王女士", phone="13912345678")


@pytest.fixture
def author(city: Any, tmp_path: Path) -> Iterator[Author]:
    with authoring(city, tmp_path, "noise") as found:
        yield found


def test_who_has_the_case_makes_a_letter_and_it_stands_on_the_case(case: Accepting) -> None:
    letter = case.make()
    year = case.city.now.year
    assert letter.number == f"云汀噪受〔{year}〕1号" and letter.body == Account.objects.get(pk=case.by.id).body_id
    said = text(letter)
    assert "受理通知书" in said and letter.number in said and "王女士" in said and case.held.number in said
    (attached,) = Attachment.objects.filter(case_id=case.id)
    assert (attached.document, attached.field) == (letter.document, "letter-accepted")
    entry = case.city.trace(case.id)[-1]
    assert entry["verb"] == "case.letter_made" and entry["facts"]["letter_number"] == letter.number


def test_made_again_it_is_another_letter_with_the_next_number_and_both_stay(case: Accepting) -> None:
    first, second = case.make(), case.make()
    assert first.document != second.document and (first.seq, second.seq) == (1, 2)
    assert "1号" in text(first) and "2号" in text(second)


def test_a_letter_that_was_not_made_leaves_no_gap(case: Accepting, monkeypatch: pytest.MonkeyPatch) -> None:
    case.make()
    with monkeypatch.context() as broken:
        broken.setattr(typesetting, "MOST_BYTES", 1)
        with pytest.raises(typesetting.Unprintable):
            case.make()
    assert case.make().seq == 2 and Letter.objects.count() == 2


def test_numbers_are_counted_by_body_and_kind(case: Accepting) -> None:
    case.make()
    case.ask()
    case.city.react()
    assert case.run() == [True]
    assert sorted(Sequence.objects.values_list("series", "last")) == [
        ("云汀噪受〔{year}〕{seq}号", 1),
        ("云汀噪补〔{year}〕{seq}号", 1),
    ]


def test_nobody_else_makes_one(case: Accepting) -> None:
    with pytest.raises(Forbidden, match="正在办理"):
        letters.make(case.id, "accepted", by=case.city.actor("supervisor"), at=case.city.now)
    with pytest.raises(Invalid, match="没有名为"):
        case.make("none")


def test_asking_for_what_is_missing_makes_its_letter_once(case: Accepting) -> None:
    case.ask()
    case.city.react()
    assert case.run() == case.run() == [True]
    (letter,) = Letter.objects.filter(case_id=case.id)
    said = text(letter)
    assert "补正告知书" in said and "噪声的时间（查不到时段）" in said and "门牌号" in said


def test_the_end_of_a_task_makes_its_letter_where_its_condition_holds(city: Any, author: Author) -> None:
    page = '[letters.accepted]\ntask = "accept"\nwhen = "accept.accepted = {}"'
    author.change("scenario.toml", ("[letters.accepted]", page.format("true"))).load()
    taken, turned_down = Accepting(city), Accepting(city)
    taken.do("accept", accepted=True)
    turned_down.do("accept", accepted=False, reason="不属于受理范围")
    city.react()
    assert (taken.run(), turned_down.run()) == ([True], [False])
    assert "已经受理" in text(Letter.objects.get())


def test_a_letter_that_does_not_go_with_the_case_is_told_in_its_trace(city: Any, author: Author) -> None:
    broken = '#if data.case.number.starts-with("ZS26030200") [] else [#panic(data.applicant)]'
    author.change("letters/supplement.typ", ("#foot()", f"#foot()\n{broken}")).load()
    case = Accepting(city, name="王女士")
    case.ask()
    city.react()
    assert case.run() == [False] and not Letter.objects.exists() and not Sequence.objects.exists()
    entry = city.trace(case.id)[-1]
    assert entry["verb"] == "case.letter_failed" and entry["facts"]["reason"].startswith("letters/supplement.typ ")
    assert "王女士" not in str(entry["facts"])


def test_a_folder_whose_letter_cannot_be_set_is_not_loaded(author: Author) -> None:
    author.change("letters/accepted.typ", ("#foot()", '#foot()\n#read("/etc/passwd")'))
    with pytest.raises(Invalid, match=r"letters/accepted\.typ 第 \d+ 行"):
        author.load()


def test_a_letter_cannot_be_numbered_by_nobody(city: Any, case: Accepting) -> None:
    held = replace(case.held, body=None)
    with pytest.raises(Conflict, match="责任单位"):
        letters._next(letters.scenarios.of(held).settings.letters["accepted"], letters._body(held, held.id.hex), 2026)


def test_the_applicant_is_told_of_it_and_saves_it(case: Accepting, client: Client) -> None:
    letter = case.make()
    case.city.react()
    (message,) = Message.objects.filter(case_id=case.id, template="case.letter_made")
    assert str(message.account) == case.resident.id and message.facts["letter"] == "受理通知书"
    resident = case.city.signed_in(client, "resident")
    assert "受理通知书" in resident.get(f"/track/{case.id}/").content.decode()
    answer = resident.get(f"/documents/{letter.document}/full/")
    assert answer["Content-Disposition"].startswith("attachment") and answer.content.startswith(b"%PDF")
    assert Client().get(f"/documents/{letter.document}/full/").status_code == 404


def test_a_letter_on_file_is_not_the_applicant_s_and_names_them_masked(
    city: Any, author: Author, client: Client
) -> None:
    toml = author.here / "scenario.toml"
    text_ = toml.read_text("utf-8").replace('to = "applicant"\nnames = "full"\n', "")
    toml.write_text(text_, "utf-8")
    author.load()
    case = Accepting(city, name="王女士")
    letter = case.make()
    assert "王**" in text(letter) and "王女士" not in text(letter)
    city.react()
    assert not Message.objects.filter(template="case.letter_made").exists()
    resident = city.signed_in(client, "resident")
    assert resident.get(f"/documents/{letter.document}/full/").status_code == 404
    assert "受理通知书" not in resident.get(f"/track/{case.id}/").content.decode()


def test_at_the_desk_a_button_makes_it_and_the_page_lists_it(case: Accepting, client: Client) -> None:
    desk = case.city.signed_in(client, Account.objects.get(pk=case.by.id).login)
    page = f"/desk/cases/{case.held.number}/"
    assert "制作受理通知书" in desk.get(page).content.decode()
    assert desk.post(f"{page}letters/accepted/").status_code == 302
    shown = desk.get(page).content.decode()
    assert "已制作 1 份" in shown and "受理通知书云汀噪受" in shown and "制作文书：受理通知书" in shown
    assert desk.post(f"{page}letters/none/").status_code == 422
    other = case.city.signed_in(Client(), "supervisor")
    assert "制作受理通知书" not in other.get(page).content.decode()
    assert other.post(f"{page}letters/accepted/").status_code == 403


def test_a_letter_goes_when_the_documents_of_its_case_go(case: Accepting) -> None:
    letter = case.make()
    keeping.destroy(UUID(str(letter.document)), "保存期限届满", by=case.by, at=case.city.now)
    assert Letter.objects.filter(pk=letter.pk).exists()
    assert Client().get(f"/documents/{letter.document}/full/").status_code == 404
