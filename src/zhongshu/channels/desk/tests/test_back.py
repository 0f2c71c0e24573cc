"""At the desk: returning a case with what that does told before, taking back, opening again, signing."""

from typing import Any

import pytest

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.tests.walks import Walk

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def login(walk: Walk, by: Any) -> str:
    from zhongshu.registers.people.models import Account

    return Account.objects.get(pk=by.id).login


@pytest.fixture
def handled(city: Any) -> Walk:
    walk = Walk(city)
    walk.do("handle", note="已清扫三处。", result="done")
    return walk


def page(walk: Walk) -> str:
    return f"/desk/cases/{walk.held.number}/"


def back(walk: Walk) -> str:
    return f"{page(walk)}tasks/{walk.task('verify').token}/back/"


def test_what_a_return_does_is_shown_before_and_what_was_filled_in_is_there_again(
    city: Any, client: Any, handled: Walk
) -> None:
    city.signed_in(client, "supervisor")
    shown = text(client.get(back(handled)))
    assert "处置" in shown and "将撤回：核查（待领）" in shown
    assert client.post(back(handled), {"to": "handle", "reason": "照片看不清。"}).status_code == 302
    handler = login(handled, handled.doer("handle"))
    city.signed_in(client, handler)
    shown = text(client.get(page(handled)))
    assert "从“核查”退回，请重新办理。" in shown and "照片看不清。" in shown and "已清扫三处。" in shown
    assert "退回 1 次" in shown


def test_a_return_without_a_task_or_a_reason_comes_back_as_it_was(city: Any, client: Any, handled: Walk) -> None:
    city.signed_in(client, "supervisor")
    for typed, said in (({"reason": "照片看不清。"}, "请选择要回到哪个环节"), ({"to": "handle"}, "请写明原因")):
        answer = client.post(back(handled), typed)
        assert answer.status_code == 422 and said in text(answer)
        assert typed.get("reason", 'value="handle" checked') in text(answer)
    assert handled.open == ["verify"]


def test_who_comes_too_late_with_a_return_reads_what_happened(city: Any, client: Any, handled: Walk) -> None:
    city.signed_in(client, "supervisor")
    address, revision = back(handled), handled.held.revision
    handled.do("verify", passed=True)
    answer = client.post(address, {"to": "handle", "reason": "照片看不清。", "revision": revision})
    assert answer.status_code == 409 and "核查：已完成" in text(answer) and "照片看不清。" in text(answer)


def test_one_takes_back_what_one_has_just_done(city: Any, client: Any, handled: Walk) -> None:
    by = handled.actor(handled.held.data["handle"]["by"])
    city.signed_in(client, login(handled, by))
    assert "收回我刚办结的“处置”" in text(client.get(page(handled)))
    token = handled.task("verify").token - 1
    address = f"{page(handled)}tasks/{token}/recall/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "漏传照片。"}).status_code == 302
    shown = text(client.get(page(handled)))
    assert "您收回了这个环节" in shown and "收回我刚办结的" not in shown


def test_a_closed_case_is_opened_again_by_who_runs_the_shift(city: Any, client: Any, handled: Walk) -> None:
    handled.do("verify", passed=True)
    handled.do("close")
    address = f"{page(handled)}reopen/"
    city.signed_in(client, "acceptor")
    assert "reopen" not in text(client.get(page(handled))) and client.get(address).status_code == 403
    city.signed_in(client, "supervisor")
    assert address in text(client.get(page(handled))) and "结案" in text(client.get(address))
    assert client.post(address, {"to": "handle", "reason": "居民反映未清理。"}).status_code == 302
    assert "重新办理 1 次" in text(client.get(page(handled))) and handled.open == ["handle"]
    assert client.get(address).status_code == 409


def test_a_signature_is_asked_for_given_with_a_remark_and_answered(city: Any, client: Any) -> None:
    walk = Walk(city)
    holder, signer = walk.doer("handle"), city.actor("acceptor")
    city.signed_in(client, login(walk, holder))
    asking = f"{page(walk)}tasks/{walk.task('handle').token}/signatures/"
    wrong = client.post(asking, {"signer": "", "reason": "清运方案是否可行？", "hours": "很多"})
    assert wrong.status_code == 422 and "清运方案是否可行？" in text(wrong)
    asked = {"signer": f"account:{signer.id}", "reason": "清运方案是否可行？", "hours": ""}
    assert client.post(asking, asked).status_code == 302
    signature = walk.task("signature").token
    assert "待签署" in text(client.get(page(walk)))
    assert client.post(f"{page(walk)}signatures/{signature}/remind/").status_code == 302
    refused = client.post(f"{page(walk)}tasks/{walk.task('handle').token}/complete/", {"result": "done"})
    assert refused.status_code == 409 and "会签" in text(refused)
    city.signed_in(client, "acceptor")
    shown = text(client.get(f"{page(walk)}?task={signature}"))
    assert "请您会签：" in shown and "会签：处置" in shown and "退回待领" not in shown
    address = f"{page(walk)}tasks/{signature}/complete/"
    assert client.post(address, {"opinion": "disagree"}).status_code == 422
    assert client.post(address, {"opinion": "disagree", "remark": "车进不去。"}).status_code == 302
    city.signed_in(client, login(walk, holder))
    assert "车进不去。" in text(client.get(page(walk)))
    reply = f"{page(walk)}signatures/{signature}/reply/"
    assert client.post(reply, {"reason": ""}).status_code == 422
    assert client.post(reply, {"reason": "改用小型车。"}).status_code == 302
    assert "主办答复：改用小型车。" in text(client.get(page(walk)))
    cases.complete(walk.id, walk.task("handle").token, {"result": "done"}, by=holder, at=city.now)
    assert walk.open == ["verify"]


def test_a_signature_is_called_off_with_a_reason(city: Any, client: Any) -> None:
    walk = Walk(city)
    city.signed_in(client, "supervisor")
    asked = {"signer": f"account:{city.actor('acceptor').id}", "reason": "清运方案是否可行？"}
    client.post(f"{page(walk)}tasks/{walk.task('handle').token}/signatures/", asked)
    address = f"{page(walk)}signatures/{walk.task('signature').token}/off/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "不需要了。"}).status_code == 302
    assert "已撤回" in text(client.get(page(walk))) and walk.open == ["handle"]
