"""Questionnaires made on the pages of the studio: listed, edited question by question, looked at."""

import json
import re
from urllib.parse import quote

import pytest

from zhongshu.channels.desk.studio.tests.drafting import text
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts

FORM = "form.json"


class Desk:
    """An author at a draft that asks bodies a question."""

    def __init__(self, city, client):
        self.city, self.client = city, city.signed_in(client, "administrator")
        body = str(city.actor("administrator").body)
        new = {"from": "pattern:asking", "name": "暑期安全征询", "name_en": "Summer safety", "body": body}
        answer = self.client.post("/desk/studio/new/", new)
        assert answer.status_code == 302, text(answer)
        self.draft = Draft.objects.latest("begun")

    def where(self, page, file=FORM, **asked):
        more = "".join(f"&{key}={quote(value)}" for key, value in asked.items())
        return f"/desk/studio/{self.draft.pk}/forms/{page}?file={file}{more}"

    @property
    def now(self):
        return Draft.objects.get(pk=self.draft.pk)

    def form(self, file=FORM):
        return json.loads(drafts.files(self.now)[file])

    def get(self, page="edit/", file=FORM, **asked):
        return self.client.get(self.where(page, file, **asked))

    def post(self, typed, page="edit/", file=FORM, **asked):
        return self.client.post(self.where(page, file, **asked), {"revision": str(self.now.revision), **typed})

    def done(self, typed, page="edit/", file=FORM, **asked):
        answer = self.post(typed, page, file, **asked)
        assert answer.status_code == 302, text(answer)

    def add(self, kind, title, where="", file=FORM):
        self.done({"go": "add", "kind": kind, "title": title, "where": where}, file=file)

    def say(self, path, **typed):
        return self.post(
            {"kind": "text", "title": path, "visible_how": "always", "mandatory_how": "never", **typed},
            "question/",
            path=path,
        )

    def order(self, file=FORM):
        return [field.name for field in questionnaire.read(self.form(file)).fields]


@pytest.fixture
def desk(city, client):
    return Desk(city, client)


def test_the_list_tells_where_is_asked_what(desk):
    said = text(desk.client.get(f"/desk/studio/{desk.draft.pk}/forms/"))
    assert "开始（申请人填写） 5" in said
    assert "去掉问卷" in said


def test_a_task_loses_its_form_and_gets_a_new_one(desk):
    address = f"/desk/studio/{desk.draft.pk}/forms/"
    desk.client.post(address, {"revision": "1", "end-task": "collect"})
    assert "tasks/collect.json" not in drafts.files(desk.now)
    answer = desk.client.post(address, {"revision": "2", "begin-task": "collect"})
    assert answer.status_code == 302
    page = desk.client.get(answer["Location"])
    assert "请在下面加第一题" in text(page)
    assert "还不能预览" in text(page)
    assert desk.client.post(address, {"revision": "3", "end-task": "nothing"}).status_code == 404
    desk.add("text", "结论", file="tasks/collect.json")
    assert desk.order("tasks/collect.json") == ["结论"]


def test_a_question_is_added_said_and_looked_at(desk):
    desk.add("choice", "答复方式", "after:subject")
    assert desk.order()[:2] == ["subject", "答复方式"]
    answer = desk.say(
        "答复方式", kind="choice", title="怎样答复", title_en="How to answer", options="书面 | In writing\n电话",
        mandatory_how="always",
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    written = desk.form()["properties"]["答复方式"]
    assert written["enum"] == ["书面", "电话"]
    assert "答复方式" in desk.form()["required"]
    page = desk.get().content.decode()
    assert 'name="答复方式"' in page, "the preview asks it"
    assert "In writing" in desk.get("preview/", **{"as": "en"}).content.decode()


def test_questions_move_and_go_and_come_back(desk):
    desk.done({"down": "subject"})
    assert desk.order()[:2] == ["description", "subject"]
    desk.done({"up": "subject"})
    desk.done({"remove": "photos"})
    assert "photos" not in desk.order()
    desk.done({"go": "undo"})
    assert "photos" in desk.order()
    desk.done({"go": "move", "where": "first"}, "question/", path="photos")
    assert desk.order()[0] == "photos"


def test_a_rule_is_picked_from_lists(desk):
    desk.add("boolean", "急不急")
    desk.add("text", "为什么急")
    picked = {"visible_0_name": "急不急", "visible_0_test": "is", "visible_0_value": "是"}
    answer = desk.say("为什么急", visible_how="when", mandatory_how="always", **picked)
    assert answer.status_code == 302, text(answer)
    assert desk.form()["properties"]["为什么急"]["x-ui"]["visible"] == "急不急 = true"
    assert "“急不急”是“是”时才问" in text(desk.get())
    page = desk.get("question/", path="为什么急").content.decode()
    assert re.search(r'value="急不急" selected', page)
    asked = desk.client.post(desk.where("asked/"), {"急不急": "true"}).json()
    assert "为什么急" in asked["asked"]
    assert "为什么急" not in desk.client.post(desk.where("asked/"), {}).json()["asked"]
    refused = desk.post({"remove": "急不急"})
    assert refused.status_code == 409
    assert "还被“为什么急”的规则用到" in text(refused)


@pytest.mark.parametrize(
    ("typed", "said", "beside"),
    [
        ({"title": " "}, "请写上这一题的名称", "title-wrong"),
        ({"visible_how": "feel", "visible": "subject ="}, "表达式", "visible-wrong"),
        ({"visible_how": "feel", "visible": "nobody = 1"}, "不在问卷里", "visible-wrong"),
        ({"visible_how": "feel"}, "请写上表达式", "visible-wrong"),
        ({"visible_how": "when"}, "请至少选一个条件", "visible_0-wrong"),
        ({"mandatory_how": "when", "mandatory_0_value": "3"}, "请选择看哪一题", "mandatory_0-wrong"),
        ({"computed_how": "feel", "computed": "备注"}, "绕成了一圈", "computed-wrong"),
        ({"kind": "choice"}, "请至少写一个选项", "options-wrong"),
        ({"kind": "number", "least": "许多"}, "不是数字", "least-wrong"),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_part_and_stays_as_typed(desk, typed, said, beside):
    desk.add("text", "备注")
    answer = desk.say("备注", help="写两句 <b>", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'id="{beside}"' in page
    assert "写两句 &lt;b&gt;" in page
    assert "help" not in desk.form()["properties"]["备注"].get("x-ui", {})


def test_steps_and_groups_come_and_go(desk):
    desk.done({"go": "step", "title": "附件"})
    _, second = desk.form()["x-ui"]["steps"]
    desk.done({"go": "group", "title": "照片", "step": second["name"]})
    group = desk.form()["x-ui"]["steps"][1]["groups"][1]["name"]
    desk.done({"go": "move", "where": f"group:{group}"}, "question/", path="photos")
    assert desk.form()["x-ui"]["steps"][1]["groups"][1]["fields"] == ["photos"]
    rule = {"visible_how": "when", "visible_0_name": "by", "visible_0_test": "answered"}
    desk.done({"title": "附件材料", "title_en": "Papers", **rule}, "section/", name=second["name"])
    assert desk.form()["x-ui"]["steps"][1]["visible"] == "by != null"
    assert "填写了“哪天前答复”时才问" in text(desk.get())
    refused = desk.post({"title": ""}, "section/", name=second["name"])
    assert refused.status_code == 422
    assert 'id="title-wrong"' in refused.content.decode()
    desk.done({"part": second["name"]})
    assert "steps" not in desk.form()["x-ui"]


def test_a_group_that_repeats_is_edited_inside(desk):
    desk.add("rows", "联系人")
    desk.add("phone", "电话", "rows:联系人")
    assert list(desk.form()["properties"]["联系人"]["items"]["properties"]) == ["名称", "电话"]
    desk.done({"up": "联系人.电话"})
    assert list(desk.form()["properties"]["联系人"]["items"]["properties"]) == ["电话", "名称"]
    typed = {"kind": "phone", "title": "手机", "mandatory_how": "always", "visible_how": "always"}
    desk.done(typed, "question/", path="联系人.电话")
    assert desk.form()["properties"]["联系人"]["items"]["required"] == ["电话"]
    desk.done({"remove": "联系人.名称"})
    refused = desk.post({"remove": "联系人.电话"})
    assert refused.status_code == 409
    assert "重复组里至少要有一题" in text(refused)


def test_what_is_not_added_stays_typed(desk):
    answer = desk.post({"go": "add", "kind": "riddle", "title": "谜语"})
    assert answer.status_code == 422
    assert 'value="谜语"' in answer.content.decode()
    assert desk.post({"go": "add", "kind": "text", "title": " "}).status_code == 422
    assert desk.post({"go": "called", "title": ""}).status_code == 422
    desk.done({"go": "called", "title": "征询单", "title_en": "Query"})
    assert desk.form()["title"] == "征询单"


def test_two_who_change_the_same_form_learn_of_each_other(desk):
    desk.add("text", "备注")
    typed = {"revision": "1", "kind": "text", "title": "说明", "visible_how": "always", "mandatory_how": "never"}
    answer = desk.client.post(desk.where("question/", path="备注"), typed)
    assert answer.status_code == 409
    assert 'value="说明"' in answer.content.decode()


def test_a_question_removed_meanwhile_is_not_lost_as_typed(desk):
    desk.add("text", "备注")
    desk.done({"remove": "备注"})
    typed = {"revision": "2", "kind": "text", "title": "说明", "visible_how": "always", "mandatory_how": "never"}
    answer = desk.client.post(desk.where("question/", path="备注"), typed)
    assert answer.status_code == 409
    assert "已经不在问卷里" in text(answer)
    assert 'value="说明"' in answer.content.decode()


def test_a_step_removed_meanwhile_is_not_lost_as_typed(desk):
    desk.done({"go": "step", "title": "附件"})
    name = desk.form()["x-ui"]["steps"][1]["name"]
    desk.done({"part": name})
    answer = desk.client.post(desk.where("section/", name=name), {"revision": "2", "title": "材料"})
    assert answer.status_code == 409
    assert 'value="材料"' in answer.content.decode()


def test_rows_are_read_by_way_of_their_group(desk):
    desk.add("rows", "联系人")
    desk.add("integer", "天数", "rows:联系人")
    desk.add("integer", "总天数")
    page = text(desk.get("question/", path="总天数"))
    assert "sum(联系人.天数)" in page
    assert "联系人.subject" not in page
    answer = desk.say("总天数", kind="integer", computed_how="feel", computed="sum(联系人.天数)")
    assert answer.status_code == 302, text(answer)
    sent = {"联系人": ["0", "1"], "联系人.0.天数": "2", "联系人.1.天数": "3"}
    assert desk.client.post(desk.where("asked/"), sent).json()["computed"] == {"总天数": 5}
    assert "自动算出" in text(desk.get())


@pytest.mark.parametrize("mode", ["usual", "en", "elder", "phone"])
def test_the_preview_is_walked_through_and_keeps_nothing(desk, mode):
    revision = desk.now.revision
    page = desk.get("preview/", **{"as": mode})
    assert page.status_code == 200
    checked = desk.post({"form-go": "send", "subject": "防溺水"}, "preview/", **{"as": mode})
    assert 'value="防溺水"' in checked.content.decode()
    assert 'id="summary"' in checked.content.decode()
    assert desk.now.revision == revision


def test_elder_mode_asks_one_question_a_page(desk):
    page = desk.get("preview/", **{"as": "elder"}).content.decode()
    assert 'class="elder"' in page
    assert "第 1 步，共 5 步" in page
    on = desk.post({"form-go": "next", "form-step": "subject", "subject": "防溺水工作"}, "preview/", **{"as": "elder"})
    assert "第 2 步，共 5 步" in on.content.decode()


def test_a_draft_that_waits_can_only_be_looked_at(desk):
    asked = desk.client.post(
        f"/desk/studio/{desk.draft.pk}/publish/", {"go": "propose", "revision": "1", "reason": "暑期将到"}
    )
    assert asked.status_code == 302, text(asked)
    for page in (desk.get(), desk.get("question/", path="subject")):
        assert page.status_code == 200
        assert "加上" not in text(page)
        assert 'name="go" value="save"' not in page.content.decode()
    assert desk.post({"down": "subject"}).status_code == 409
    leader = desk.city.signed_in(type(desk.client)(), "leader")
    assert leader.get(desk.where("edit/")).status_code == 200, "who decides may look"


def test_what_is_not_there_is_absent(desk):
    assert desk.get(file="scenario.toml").status_code == 404
    assert desk.get("question/", path="nothing").status_code == 404
    assert desk.get("section/", name="nothing").status_code == 404
    acceptor = desk.city.signed_in(type(desk.client)(), "acceptor")
    assert acceptor.get(desk.where("edit/")).status_code == 403
    leader = desk.city.signed_in(type(desk.client)(), "leader")
    assert leader.get(desk.where("edit/")).status_code == 404


def test_a_broken_file_is_told_and_not_touched(desk, monkeypatch):
    from zhongshu.engine.studio import actions as studio

    by = desk.city.actor("administrator")
    studio.save(desk.draft.pk, {FORM: '{"properties": 3}'}, 1, by=by, at=desk.city.now)
    assert "读不出来" in text(desk.get())
    assert desk.post({"go": "add", "kind": "text", "title": "题"}).status_code == 422
    assert "读不出来" in text(desk.client.get(f"/desk/studio/{desk.draft.pk}/forms/"))
    assert desk.get("preview/").status_code == 200
    assert desk.client.post(desk.where("asked/"), {}).status_code == 422
