"""The monthly report: the same words as a page and as a PDF, held against other months, for whom it may concern."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from zhongshu.base.journal.models import Entry
from zhongshu.channels.desk.figures.presenters import printed
from zhongshu.channels.desk.figures.presenters.report import Number, Section, Shown
from zhongshu.data.figures.models import Counter
from zhongshu.data.figures.queries import parts, reports
from zhongshu.data.figures.rules.months import Month, Period
from zhongshu.registers.places.models import Cell

OCTOBER = date(2026, 10, 15)


def report(*sections: Section) -> Shown:
    key = Number("按期办结率", "92.3%", "90.0%（+2.3 个百分点）", "—", "按期办结的办件占全部办结的比例。", "")
    return Shown(
        "zh-hans", "云汀市2026年10月运行月报", "云汀市", "十月", "统计截至", "", "括号内是变化。", (key,), sections
    )


def test_a_running_month_is_held_against_as_many_days_and_a_whole_one_against_whole_ones() -> None:
    running = Month.read("2026-10", OCTOBER)
    assert running and running.before == Period(date(2026, 9, 1), date(2026, 9, 15))
    assert running.last_year == Period(date(2025, 10, 1), date(2025, 10, 15))
    march = Month.read("2026-3", OCTOBER)
    assert march and march.code == "2026-03" and march.before == Period(date(2026, 2, 1), date(2026, 2, 28))
    january = Month.read("2026-01", OCTOBER)
    assert january and january.before == Period(date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize("text", ["2026-11", "2026-00", "2026-13", "0000-01", "2026", "２０２６-01", ""])
def test_what_is_no_month_or_has_not_begun_is_none(text: str) -> None:
    assert Month.read(text, OCTOBER) is None


def test_the_pdf_is_tagged_titled_and_holds_its_characters_as_text() -> None:
    made = printed.pdf(report(Section("街道", "方法", ("名次", "街道"), (("1", "霁庭街道"),), "无")))
    assert made.startswith(b"%PDF-") and b"pdfuaid:part" in made and b"/ToUnicode" in made
    assert "云汀市2026年10月运行月报".encode("utf-16-be").hex().upper().encode() in made


@pytest.mark.django_db
def test_what_grew_and_what_came_again_and_again_is_named(city: Any) -> None:
    cell = int(Cell.objects.order_by("code").values_list("code", flat=True)[0])
    place = parts.reach(int(str(cell)[:6]))[-1]
    rows = [
        (place, "1101", 9, 1, 20), (place, "1101", 8, 1, 10), (place, "1301", 9, 1, 11), (place, "1301", 8, 1, 10),
        (place, "0101", 9, 1, 9), (cell, "1101", 7, 10, 2), (cell, "1101", 9, 1, 1), (cell, "1301", 9, 1, 2),
    ]  # fmt: skip
    for ancestor, category, month, day, n in rows:
        Counter.objects.create(ancestor=ancestor, category=category, day=date(2026, month, day), measure="opened", n=n)
    month = Month.read("2026-09", OCTOBER)
    assert month
    found = reports.month(place, month)
    assert [(g.category, g.now, g.before) for g in found.grown] == [("1101", 20, 10)]
    assert [(c.cell, c.category, c.times) for c in found.chronic] == [(str(cell), "1101", 3)]
    assert found.keys[0].now.number == 40 and found.keys[0].before.number == 20


@pytest.mark.django_db
def test_the_page_and_the_pdf_are_for_who_sees_figures_and_the_pdf_is_recorded(city: Any, client: Any) -> None:
    month = f"{city.now:%Y-%m}"
    city.signed_in(client, "acceptor")
    assert client.get(f"/desk/figures/reports/{month}/").status_code == 403
    city.signed_in(client, "leader")
    assert client.get("/desk/figures/reports/").status_code == 302
    page = client.get(f"/desk/figures/reports/{month}/").content.decode()
    assert "运行月报" in page and "反复发生的地点" in page and "本月尚未结束" in page
    assert client.get("/desk/figures/reports/2999-01/").status_code == 404
    assert client.get(f"/desk/figures/reports/{month}/?of=123456").status_code == 404
    made = client.get(f"/desk/figures/reports/{month}.pdf")
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF-")
    assert Entry.objects.get(verb="figures.exported").facts["form"] == "pdf"


@pytest.mark.django_db
def test_the_report_asks_as_many_questions_of_a_city_as_of_a_street(
    city: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    city.signed_in(client, "leader")
    address = f"/desk/figures/reports/{city.now:%Y-%m}/"
    client.get(address)
    with django_assert_max_num_queries(18):
        client.get(address)


@pytest.mark.django_db
def test_a_body_has_a_report_without_streets(city: Any, client: Any) -> None:
    city.signed_in(client, "leader")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_body WHERE kind = 'bureau' AND ended IS NULL ORDER BY id LIMIT 1")
        (body,) = cursor.fetchone()
    page = client.get(f"/desk/figures/reports/{city.now:%Y-%m}/?of=-{body}").content.decode()
    assert "责任单位按期办结率" in page and "街道按期办结率" not in page
