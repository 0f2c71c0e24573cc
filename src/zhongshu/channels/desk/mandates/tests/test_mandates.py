"""Mandates at the counter, and a helper who begins to help somebody that never signs in."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from zhongshu.base.calendar import clock
from zhongshu.base.journal import queries as journal
from zhongshu.registers.people.models import Mandate, Person


def paper() -> Any:
    """A picture of a signed paper."""
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(file, "JPEG")
    file.name = "paper.jpg"
    file.seek(0)
    return file


def days(count: int) -> str:
    return (clock.now() + timedelta(days=count)).date().isoformat()


def recorded(browser: Client, **changes: Any) -> Any:
    typed = {
        "principal": "林秀兰", "principal_phone": "13900000009", "agent": "resident", "agent_name": "林晓舟",
        "kind": "family", "ends": days(90), "how": "counter", "words": "本人当面口头同意",
    }  # fmt: skip
    return browser.post("/desk/mandates/", typed | changes)


def test_a_clerk_records_what_an_old_lady_says_and_ends_it_for_her(city: Any) -> None:
    clerk = city.signed_in(Client(), "counter")
    listed = recorded(clerk).url
    mandate = Mandate.objects.get(principal_firm=None)
    assert (mandate.principal_person.name, mandate.how, mandate.accepted) == ("林秀兰", "counter", None)
    page = clerk.get(listed).content.decode()
    assert "林**的代办授权" in page and "等待接受" in page and "林秀兰" not in page
    assert clerk.post(f"/desk/mandates/{mandate.pk}/revoke/", {"reason": "本人来电"}).url == listed
    assert "已撤回" in clerk.get(listed).content.decode()
    verbs = [entry.verb for entry in journal.trace("person", str(mandate.principal_person_id))]
    assert verbs == ["people.person_opened", "people.mandate_given", "people.mandate_revoked"]


def test_a_guardian_needs_the_law_and_its_document(city: Any) -> None:
    clerk = city.signed_in(Client(), "counter")
    guardian: dict[str, Any] = {"kind": "guardian", "ends": "", "words": "民法典第三十四条，监护证明"}
    assert recorded(clerk, **guardian).status_code == 422
    assert "请上传证明文件" in recorded(clerk, **guardian, how="law").content.decode()
    assert not Person.objects.filter(name="林秀兰").exists(), "what was refused leaves no record behind"
    assert recorded(clerk, **guardian, how="law", evidence=paper()).status_code == 302
    assert Mandate.objects.get(principal_firm=None).ends is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"how": "online"}, "请选择本人同意的方式"),
        ({"words": ""}, "请写明同意的情形"),
        ({"agent_name": "王五"}, "登录名和姓名都相符"),
        ({"principal_login": "nobody"}, "请向本人核对"),
        ({"principal_phone": "12"}, "电话号码有误"),
        ({"kind": "helper", "ends": days(9)}, "不是帮办员"),
        ({"kind": "firm_agent"}, "不适用于"),
    ],
)
def test_a_record_that_cannot_be_is_refused_with_a_sentence(city: Any, changes: dict[str, Any], said: str) -> None:
    answer = recorded(city.signed_in(Client(), "counter"), **changes)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Mandate.objects.filter(principal_firm=None).exists()


def test_a_helper_begins_on_a_signed_paper_and_acts_at_once(city: Any) -> None:
    helper = city.signed_in(Client(), "helper")
    typed = {"principal": "林秀兰", "principal_phone": "", "kind": "helper", "ends": days(20)}
    assert "委托书照片" in helper.post("/desk/mandates/help/", typed).content.decode()
    assert helper.post("/desk/mandates/help/", typed | {"evidence": paper()}).url == "/account/acting/"
    mandate = Mandate.objects.get(principal_firm=None)
    assert "代 林**" in helper.get("/account/acting/").content.decode()
    assert helper.post(f"/account/acting/{mandate.pk}/").url == "/mine/"
    assert helper.get("/mine/").status_code == 200
    assert helper.get("/desk/mandates/help/").status_code == 403


def test_only_counter_and_helpers_get_in(city: Any) -> None:
    for login, pages in {
        "helper": ["/desk/mandates/"],
        "resident": ["/desk/mandates/", "/desk/mandates/help/"],
    }.items():
        browser = city.signed_in(Client(), login)
        assert [browser.get(page).status_code for page in pages] == [403] * len(pages)
