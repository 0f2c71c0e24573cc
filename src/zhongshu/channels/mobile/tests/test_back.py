"""In the street: a task that came back says why; a signature is given on the telephone."""

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules.signing import Wanted


def test_a_task_that_came_back_says_why_and_shows_what_was_filled_in(city, client, errand):
    officer = errand.officer
    errand.handled()
    supervisor, token = city.actor("supervisor"), errand.task.token
    cases.send_back(errand.id, token, "handle", "照片看不清，请重拍。", by=supervisor, at=city.now)
    city.signed_in(client, officer)
    shown = client.get(errand.page).content.decode()
    assert "从“核查”退回" in shown and "照片看不清，请重拍。" in shown and "已清运干净。" in shown


def test_a_signature_is_given_on_the_telephone(city, client, errand):
    holder = city.actor(errand.officer)
    signer = city.actor("grid001")
    change = cases.ask_signature(
        errand.id, errand.task.token, Wanted("是否已无异味？", signer.id), by=holder, at=city.now
    )
    page = f"/mobile/cases/{errand.number}/tasks/{change.opened[0].token}/"
    city.signed_in(client, "grid001")
    shown = client.get(page).content.decode()
    assert "是否已无异味？" in shown and "会签：处置" in shown and "不能办，退回" not in shown
    assert client.post(page, {"opinion": "remarks"}).status_code == 422
    assert client.post(page, {"opinion": "remarks", "remark": "仍有少许异味。"}).status_code == 302
    assert errand.task.element == "handle"
