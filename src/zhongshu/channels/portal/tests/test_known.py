"""Somebody nearby has reported it already: follow that one, or go on."""

from typing import Any
from uuid import uuid4

from django.test import Client

from zhongshu.channels.portal.tests.test_report import page, send
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Case, Contact
from zhongshu.engine.cases.queries import one


def again(client: Client, city: Any, **more: Any) -> Any:
    """The same thing told by somebody else."""
    return send(client, city, **{"act-key": str(uuid4()), **more})


def test_what_is_known_is_offered_and_nothing_typed_is_lost(client: Client, city: Any) -> None:
    send(client, city)
    offered = page(again(Client(), city))
    number = Case.objects.get().number
    assert "是不是同一件事" in offered and f'value="{number}"' in offered and "路口有一堆垃圾" in offered
    assert Case.objects.count() == 1 and Contact.objects.count() == 1


def test_sending_one_s_own_report_twice_is_not_a_duplicate(client: Client, city: Any) -> None:
    first, second = send(client, city), send(client, city)
    assert first.status_code == second.status_code == 302 and Contact.objects.count() == 1


def test_who_follows_gets_a_code_of_their_own_and_sees_only_their_own_words(client: Client, city: Any) -> None:
    send(client, city)
    case, other = Case.objects.get(), Client()
    answer = again(other, city, **{"report-known": case.number, "description": "一堆垃圾在路口，好几天了。"})
    assert answer.status_code == 302 and Case.objects.count() == 1 and Contact.objects.count() == 2
    shown = page(other.get(f"/track/{case.pk}/"))
    assert "一堆垃圾在路口，好几天了。" in shown and "路口有一堆垃圾，气味很大。" not in shown


def test_another_thing_at_the_same_place_is_reported_all_the_same(client: Client, city: Any) -> None:
    send(client, city)
    assert again(Client(), city, **{"report-known": "other"}).status_code == 302
    assert Case.objects.count() == 2


def test_nobody_joins_a_case_that_was_not_offered(client: Client, city: Any) -> None:
    far = city.report(category="1102", spot=city.spot(40))
    answer = send(client, city, **{"report-known": far.number})
    assert answer.status_code == 409 and Contact.objects.count() == 1


def test_the_reporter_of_a_merged_case_sees_how_the_other_goes_on(client: Client, city: Any) -> None:
    send(client, city)
    own = Case.objects.get()
    main = city.report()
    cases.merge(own.pk, main.case_id, "同一堆垃圾", by=city.actor("supervisor"), at=city.now)
    shown = page(client.get(f"/track/{own.pk}/"))
    assert main.number in shown and "已合并办理" in shown and "请您评价" not in shown
    assert one.view(main.case_id).row.closed is None


def test_in_elder_mode_the_question_stands_alone_and_the_answers_go_along(client: Client, city: Any) -> None:
    send(client, city)
    elder = Client()
    elder.cookies["mode"] = "elder"
    offered = page(again(elder, city))
    assert "是不是同一件事" in offered and "<div hidden>" in offered
    assert again(elder, city, **{"report-known": Case.objects.get().number}).status_code == 302
