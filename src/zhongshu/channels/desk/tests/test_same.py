"""At the desk: merging what is the same, taking it apart, seeing what keeps coming back."""

import pytest

from zhongshu.engine.cases.models import Case

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def two(city):
    """Two cases of the same heap of rubbish."""
    return city.report().number, city.report().number


def merged(client, two, **typed):
    return client.post(f"/desk/cases/{two[1]}/merge/", {"into": two[0], "reason": "同一堆垃圾"} | typed)


def test_the_case_near_by_is_offered_and_merged_with_a_reason(city, client, two):
    page = text(city.signed_in(client, "supervisor").get(f"/desk/cases/{two[1]}/"))
    assert f'value="{two[0]}"' in page and "很可能是同一件" in page
    assert merged(client, two).status_code == 302
    assert f'href="/desk/cases/{two[0]}/"' in text(client.get(f"/desk/cases/{two[1]}/"))
    assert two[1] in text(client.get(f"/desk/cases/{two[0]}/"))


def test_a_number_may_be_typed_and_a_wrong_one_is_said_beside_its_field(city, client, two):
    city.signed_in(client, "supervisor")
    wrong = merged(client, two, other="SJ0000")
    assert wrong.status_code == 422 and "填写它的编号" in text(wrong) and "同一堆垃圾" in text(wrong)
    assert 'value="SJ0000"' in text(wrong)
    assert merged(client, two, into="", other=two[0].lower()).status_code == 302


def test_without_a_reason_nothing_is_merged(city, client, two):
    answer = merged(city.signed_in(client, "supervisor"), two, reason=" ")
    assert answer.status_code == 422 and "请写明原因" in text(answer)
    assert not Case.objects.exclude(master=None).exists()


def test_what_was_merged_is_taken_apart_and_what_is_merged_already_is_told(city, client, two):
    city.signed_in(client, "supervisor")
    merged(client, two)
    again = merged(client, two)
    assert again.status_code == 409 and "只有在办的办件可以合并" in text(again)
    assert client.post(f"/desk/cases/{two[1]}/split/", {"reason": "不是同一堆"}).status_code == 302
    assert not Case.objects.exclude(master=None).exists()


def test_who_may_not_merge_sees_no_form_and_is_refused(city, client, two):
    page = text(city.signed_in(client, "leader").get(f"/desk/cases/{two[1]}/"))
    assert "合并办理" not in page
    assert merged(client, two).status_code == 403


def test_what_keeps_coming_back_in_a_cell_says_so(city, client, two):
    assert "反复发生" not in text(city.signed_in(client, "supervisor").get(f"/desk/cases/{two[0]}/"))
    city.report()
    assert "90 天内同类问题 3 次" in text(client.get(f"/desk/cases/{two[0]}/"))
