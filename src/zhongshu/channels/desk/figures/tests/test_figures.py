"""The figures on the desk: asked by form, refused in words, opened to their rows, taken away as files."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest

from zhongshu.base.journal.models import Entry
from zhongshu.engine.cases.tests.walks import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(city: Any) -> Any:
    """A city in which two matters were told of and one is on its way."""
    city.report(category="1101", source="hotline")
    Walk(city).do("handle", result="done")
    city.react()
    return city


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_leads_sees_figures_and_who_takes_calls_does_not(counted: Any, client: Any) -> None:
    counted.signed_in(client, "acceptor")
    page(client, "/desk/figures/", 403)
    counted.signed_in(client, "leader")
    told = page(client, "/desk/figures/")
    assert "统计截至" in told and "怎样统计" in told and ">2<" in re.sub(r"<span.*?</span>", "", told)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("measure=late&group=hour", "“超时办结”不能按时段分组"),
        ("measure=no_such", "没有“no_such”这个指标"),
        ("measure=stage_p90&group=total", "请选择要看哪个环节的用时"),
        ("first=2026-02-30", "请填写真实的日期"),
        ("first=2026-11-02&last=2026-11-01", "结束日期不能早于开始日期"),
        ("of=123456", "没有这个范围的指标"),
        ("officer=nobody", "没有找到这名工作人员"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form_and_kept(
    counted: Any, client: Any, asked: str, said: str
) -> None:
    counted.signed_in(client, "leader")
    answer = client.get(f"/desk/figures/?{asked}")
    told = answer.content.decode()
    assert answer.status_code in (404, 422) and said in told and 'role="alert"' in told
    assert "<form" in told


@pytest.mark.parametrize(
    "group", ["total", "day", "week", "month", "weekday", "place", "body", "category", "hour", "source"]
)
def test_every_group_is_answered_in_a_few_statements(
    counted: Any, client: Any, group: str, django_assert_max_num_queries: Any
) -> None:
    counted.signed_in(client, "leader")
    page(client, "/desk/figures/")
    with django_assert_max_num_queries(8):
        told = page(client, f"/desk/figures/?measure=opened&group={group}")
    assert '<table class="table table-sm rows figures">' in told


@pytest.mark.parametrize("group", ["officer", "stage", "body", "total"])
def test_times_and_officers_are_answered_too(counted: Any, client: Any, group: str) -> None:
    counted.signed_in(client, "leader")
    told = page(client, f"/desk/figures/?measure=stage_median&stage=handling&group={group}")
    assert "样本不足（1）" in told


def test_an_officer_of_another_district_is_not_shown(counted: Any, client: Any) -> None:
    counted.signed_in(client, "leader")
    officers = page(client, "/desk/figures/?measure=done&group=officer")
    one = re.search(r"officer=([0-9a-f-]{36})", officers)
    assert one and "完成环节" in page(client, f"/desk/figures/?measure=done&officer={one[1]}")
    own = counted.account("head1").body_id
    seen = {str(a.body_id): str(a.pk) for a in type(counted.account("head1")).objects.filter(kind="staff")}
    foreign = next(pk for body, pk in seen.items() if body != str(own) and pk in officers)
    counted.signed_in(client, "head1")
    told = page(client, f"/desk/figures/?measure=done&officer={foreign}", 404)
    assert "没有找到这名工作人员" in told


def test_a_number_opens_the_cases_it_counts(counted: Any, client: Any) -> None:
    counted.signed_in(client, "leader")
    told = page(client, "/desk/figures/?measure=opened&group=category")
    behind = re.search(r'href="(/desk/figures/cases/[^"]*category=11[^"]*)"', told)
    assert behind
    rows = page(client, behind[1].replace("&amp;", "&"))
    assert "共 2 件" in rows and rows.count('<td class="number">') == 2
    page(client, "/desk/figures/cases/?what=phase", 404)


def taken(client: Any, form: str, address: str) -> bytes:
    answer = client.post(f"/desk/figures/export/?{address}", {"form": form})
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def more(counted: Any) -> None:
    """So many cases that a file may tell of them."""
    for _ in range(4):
        Walk(counted)
    counted.react()


def test_a_file_does_not_tell_of_fewer_than_five(counted: Any, client: Any) -> None:
    counted.signed_in(client, "leader")
    told = taken(client, "csv", "measure=opened&group=category").decode()
    rows = list(csv.reader(io.StringIO(told)))
    assert [row[1] for row in rows if row[:1] in (["合计"], ["市容卫生"])] == ["*", "*"]
    assert "少于 5 的数" in told


def test_a_table_taken_as_csv_holds_its_numbers_and_is_recorded(counted: Any, client: Any) -> None:
    more(counted)
    counted.signed_in(client, "leader")
    told = taken(client, "csv", "measure=opened&measure=on_time&group=category").decode()
    rows = list(csv.reader(io.StringIO(told.removeprefix("\ufeff"))))
    assert told.startswith("\ufeff") and [row[1] for row in rows if row[:1] == ["合计"]] == ["6"]
    entry = Entry.objects.get(verb="figures.exported")
    assert entry.actor == str(counted.account("leader").pk) and entry.facts["form"] == "csv" and entry.reach


def test_a_file_for_excel_has_numbers_as_numbers_and_no_formula(counted: Any, client: Any) -> None:
    more(counted)
    counted.signed_in(client, "leader")
    book = zipfile.ZipFile(io.BytesIO(taken(client, "xlsx", "measure=opened&group=category")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and re.search(r'<c r="B\d+"[^>]*><v>6</v>', sheet)


def test_text_that_looks_like_a_formula_is_none_in_either_file(counted: Any, client: Any) -> None:
    Walk(counted, address='=HYPERLINK("http://evil")')
    Walk(counted, address='"+1+1')
    counted.react()
    counted.signed_in(client, "leader")
    told = taken(client, "csv", "what=opened").decode().removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
    assert '\'=HYPERLINK("http://evil")' in cells and "'\"+1+1" in cells
    assert not [cell for cell in cells if cell.lstrip(' "')[:1] in tuple("=+-@\t\r") and cell]
    book = zipfile.ZipFile(io.BytesIO(taken(client, "xlsx", "what=opened")))
    assert "'=HYPERLINK" in book.read("xl/worksheets/sheet1.xml").decode()


def test_what_is_no_form_of_file_is_refused_and_not_recorded(counted: Any, client: Any) -> None:
    counted.signed_in(client, "leader")
    assert client.post("/desk/figures/export/?measure=opened", {"form": "exe"}).status_code == 422
    assert client.get("/desk/figures/export/").status_code == 405
    assert not Entry.objects.filter(verb="figures.exported").exists()
