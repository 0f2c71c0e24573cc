"""Who does what by when, set on the page of tasks."""

import re
from html import unescape

import pytest

from zhongshu.channels.desk.studio.tests.drafting import files, text
from zhongshu.engine.cases.rules import settings
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.models import Draft

TASKS = "/desk/studio/{}/tasks/"


def begun(city, author, origin="pattern:joint-review"):
    named = {
        "from": origin,
        "name": "选址会审",
        "name_en": "Site review",
        "body": str(city.actor("administrator").body),
    }
    assert author.post("/desk/studio/new/", named).status_code == 302
    return Draft.objects.latest("begun")


def page(draft, query=""):
    return TASKS.format(draft.pk) + query


def known(draft):
    return settings.parse(files(draft)["scenario.toml"])


def form(answer, part=""):
    """What a browser would send of a form of the page as it is: that of `part`, or the only one with fields."""
    html = answer.content.decode()
    forms = re.findall(r'<form method="post" action="\?.*?</form>', html, re.DOTALL)
    own = next(each for each in forms if not part or f'name="part" value="{part}"' in each)
    found = {}
    for tag, inner in re.findall(
        r"<(input [^>]*|textarea [^>]*|select [^>]*)>((?:(?!<(?:input|select|textarea)).)*)", own, re.DOTALL
    ):
        name, value = (re.search(rf' {key}="([^"]*)"', tag) for key in ("name", "value"))
        kept = [value[1] if value else ""]
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        if tag.startswith("textarea"):
            kept = [re.match(r"[^<]*", inner)[0]]
        if tag.startswith("select"):
            kept = re.findall(r'<option value="([^"]*)" selected', inner)[:1]
        found.setdefault(name[1], []).extend(unescape(each) for each in kept)
    return found


def test_the_tasks_stand_in_the_order_they_are_done_in_words(city, author):
    said = text(author.get(page(begun(city, author))))
    assert said.index("会审 会审中") < said.index("汇总意见 汇总中") < said.index("签发 待签发")
    assert "处置人员 负责的单位" in said
    assert "3 个工作日" in said
    assert "由表达式定" in said


@pytest.mark.parametrize(
    "origin", ["pattern:joint-review", "pattern:asking", "pattern:approval", "scenario:noise", "scenario:city-event"]
)
def test_saving_what_nobody_changed_changes_nothing(city, author, origin):
    draft = begun(city, author, origin)
    before = files(draft)
    for task in known(draft).tasks:
        sent = form(author.get(page(draft, f"?task={task}")))
        assert author.post(page(draft, f"?task={task}"), sent).status_code == 302
    for part in ("start", "supplement", "alarms"):
        assert author.post(page(draft), form(author.get(page(draft)), part)).status_code == 302
    assert files(draft)["scenario.toml"] == before["scenario.toml"]


def test_a_task_is_given_to_others_by_another_day(city, author):
    draft = begun(city, author)
    sent = form(author.get(page(draft, "?task=confirm")))
    sent |= {"role": "supervisor", "pool": "district", "apart": ["review", "conclude"], "assignee": "review.by"}
    sent |= {"deadline-how": "question", "deadline-question": "answers.by", "deadline-time": "18:00"}
    sent |= {"position": "required", "near": "200", "signing-amount": "2", "signing-unit": "hours", "returns": "none"}
    answer = author.post(page(draft, "?task=confirm"), sent)
    assert answer.status_code == 302, text(answer)
    task = known(draft).tasks["confirm"]
    assert (task.role, task.pool, task.apart, task.assignee) == (
        "supervisor",
        "district",
        ("conclude", "review"),
        "review.by",
    )
    assert task.deadline == '= date and time(date(answers.by), time("18:00:00"))'
    assert (task.position, task.near, task.signing, task.returns) == ("required", 200, "2 hours", False)
    assert "发起时：哪天前给出意见 18:00" in text(author.get(page(draft)))


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({"deadline-how": "term", "deadline-amount": "soon"}, "请写一个整数", "deadline-amount"),
        ({"deadline-how": "question", "deadline-question": ""}, "请选择由哪个问题", "deadline-question"),
        ({"deadline-how": "feel", "deadline-feel": "1 +"}, "不是 FEEL 表达式", "deadline-feel"),
        ({"assignee": "*", "assignee-feel": "if"}, "表达式有误", "assignee-feel"),
        ({"phase": "nowhere"}, "请从列表中选择", "phase"),
        ({"role": "king"}, "请从列表中选择", "role"),
        ({"near": "-3"}, "请写 0 到 100000 之间的整数", "near"),
        ({"returns": "these"}, "请勾选可以退回到的环节", "returns-to"),
        ({"name_en": "x" * 81}, "英文名称最多", "name_en"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(city, author, typed, said, field):
    draft = begun(city, author)
    answer = author.post(
        page(draft, "?task=confirm"), form(author.get(page(draft, "?task=confirm"))) | {"near": "7"} | typed
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert said in text(answer)
    assert f'id="{field}-wrong"' in html
    assert 'value="7"' in html or "near" in typed
    assert Draft.objects.get(pk=draft.pk).revisions.count() == 1


def test_who_may_begin_is_set_and_taken_away(city, author):
    draft = begun(city, author)
    assert "部门人员（在工作台）：受理员、派遣员、值班长" in text(author.get(page(draft)))
    sent = {"revision": "1", "part": "start", "start-by": ["official", "applicant"], "start-roles": ["leader"]}
    sent |= {"start-category": "on", "start-title": "subject", "start-place": ""}
    assert author.post(page(draft), sent).status_code == 302
    start = known(draft).start
    assert (start.by, start.roles, start.category, start.title) == (
        ("official", "applicant"),
        ("leader",),
        True,
        "subject",
    )
    wrong = author.post(page(draft), sent | {"revision": "2", "start-by": ["applicant"]})
    assert wrong.status_code == 422
    assert "就要让部门人员可以发起" in text(wrong)
    assert author.post(page(draft), sent | {"revision": "2", "start-by": [], "start-roles": []}).status_code == 302
    assert known(draft).start is None


def test_a_category_has_a_deadline_of_its_own(city, author):
    draft = begun(city, author, "scenario:noise")
    assert "2 条" not in text(author.get(page(draft)))
    sent = {"revision": "1", "part": "deadlines", "category": "1101", "of": "handle", "category-limit-how": "term"}
    sent |= {"category-limit-amount": "3", "category-limit-unit": "hours"}
    assert author.post(page(draft), sent).status_code == 302
    assert known(draft).deadlines["1101"] == {"handle": "3 hours"}
    change = author.get(page(draft, "?open=deadlines&change=1101/handle"))
    assert form(change, "deadlines")["category-limit-amount"] == ["3"]
    assert author.post(page(draft), {"revision": "2", "part": "deadlines", "drop": "1101/handle"}).status_code == 302
    assert set(known(draft).deadlines) == {"1302", "1603"}
    again = author.post(page(draft), {"revision": "3", "part": "deadlines", "drop": "1101/handle"})
    assert again.status_code == 404
    assert author.post(page(draft), sent | {"revision": "3", "category": "9999"}).status_code == 422


def test_supplements_and_alarms_are_set_and_go_back_to_what_is_usual(city, author):
    draft = begun(city, author)
    sent = {"revision": "1", "part": "supplement", "supplement-tasks": ["review"], "supplement-lapsed": "withdrawn"}
    sent |= {"supplement-days-amount": "10", "supplement-days-unit": "working_days", "supplement-law": "某法第三条"}
    assert author.post(page(draft), sent).status_code == 302
    asked = known(draft).supplement
    assert (asked.tasks, asked.days, asked.within, asked.lapsed) == (
        ("review",),
        "10 working_days",
        "5 working_days",
        "withdrawn",
    )
    assert author.post(page(draft), sent | {"revision": "2", "supplement-days-amount": ""}).status_code == 422
    alarms = form(author.get(page(draft)), "alarms")
    assert author.post(page(draft), alarms | {"alarms-near": "60", "alarms-late": ["leader"]}).status_code == 302
    assert (known(draft).alarms.near, known(draft).alarms.late) == (0.6, ("leader",))
    usual = {"alarms-near": "80", "alarms-late": ["holder", "supervisor"], "revision": "3"}
    assert author.post(page(draft), alarms | usual).status_code == 302
    assert "[alarms]" not in files(draft)["scenario.toml"]
    assert author.post(page(draft), alarms | {"alarms-warned": []}).status_code == 422


def test_a_whistle_is_kept_with_its_lead_first(city, author):
    draft = begun(city, author, "scenario:noise")
    sent = form(author.get(page(draft, "?task=handle")))
    assert sent["whistle-bodies"] == ["first", "second", "third"]
    sent |= {"whistle-bodies": ["third", "first"], "whistle-hours": ["first_hours"]}
    assert author.post(page(draft, "?task=handle"), sent).status_code == 302
    assert known(draft).tasks["handle"].whistle.bodies == ("first", "third")
    sent |= {"revision": "2", "whistle-bodies": []}
    assert author.post(page(draft, "?task=handle"), sent).status_code == 422
    assert author.post(page(draft, "?task=handle"), sent | {"whistle-task": ""}).status_code == 302
    assert known(draft).tasks["handle"].whistle is None


def test_renamed_things_are_told_for_cases_that_run(city, author):
    draft = begun(city, author)
    toml = files(draft)["scenario.toml"]
    by = city.actor("administrator")
    studio.save(draft.pk, {"scenario.toml": toml + '\n[moves]\nold_one = "review"\n'}, 1, by=by, at=city.now)
    sent = form(author.get(page(draft)), "moves")
    assert (sent["old-0"], sent["new-0"]) == (["old_one"], ["review"])
    assert author.post(page(draft), sent | {"old-1": "opinion", "new-1": "concluded-confirm"}).status_code == 302
    assert known(draft).moves == {"old_one": "review", "opinion": "concluded-confirm"}
    wrong = author.post(page(draft), sent | {"revision": "3", "new-0": "nowhere"})
    assert wrong.status_code == 422
    assert author.post(page(draft), sent | {"revision": "3", "old-0": "", "new-0": ""}).status_code == 302
    assert known(draft).moves == {}


def test_lanes_have_roles_and_sources_their_start(city, author):
    draft, by = begun(city, author), city.actor("administrator")
    more = """<bpmn:startEvent id="by_call" name="来电"/><bpmn:laneSet id="lanes"><bpmn:lane id="l" name="后台">
        <bpmn:flowNodeRef>confirm</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:startEvent id="start\""""
    drawing = files(draft)["process.bpmn"].replace('<bpmn:startEvent id="start"', more)
    studio.save(draft.pk, {"process.bpmn": drawing}, 1, by=by, at=city.now)
    sent = {"revision": "2", "part": "lanes", "lane-0": "leader"}
    assert author.post(page(draft), sent).status_code == 302
    assert known(draft).lanes == {"后台": "leader"}
    sent = form(author.get(page(draft, "?task=confirm"))) | {"role": ""}
    assert author.post(page(draft, "?task=confirm"), sent).status_code == 302
    assert "随泳道（领导）" in text(author.get(page(draft)))
    starts = form(author.get(page(draft)), "starts")
    assert author.post(page(draft), starts | {"from-hotline": "by_call"}).status_code == 302
    assert known(draft).starts == {"hotline": "by_call"}
    assert author.post(page(draft), starts | {"from-hotline": "nowhere"}).status_code == 422


def test_what_is_wrong_leads_to_its_task_and_is_told_there(city, author):
    draft, by = begun(city, author), city.actor("administrator")
    toml = files(draft)["scenario.toml"].replace('apart = ["conclude"]', 'apart = ["gone"]')
    studio.save(draft.pk, {"scenario.toml": toml}, 1, by=by, at=city.now)
    overview = author.get(f"/desk/studio/{draft.pk}/")
    assert f'href="{page(draft, "?task=confirm")}"' in overview.content.decode()
    assert "环节和期限 1 处要改" in text(overview)
    assert "签发 1 处要改" in text(author.get(page(draft)))
    assert "没有这个环节" in text(author.get(page(draft, "?task=confirm")))
    assert "没有这个环节" not in text(author.get(page(draft, "?task=review")))


def test_the_overview_tells_what_is_missing(city, author):
    draft, by = begun(city, author), city.actor("administrator")
    said = text(author.get(f"/desk/studio/{draft.pk}/"))
    assert "基本设置 齐了" in said
    studio.save(draft.pk, {"scenario.toml": "code = "}, 1, by=by, at=city.now)
    assert "基本设置 1 处要改" in text(author.get(f"/desk/studio/{draft.pk}/"))


def test_tasks_follow_the_drawing(city, author):
    draft, by = begun(city, author), city.actor("administrator")
    drawing = files(draft)["process.bpmn"].replace('id="confirm"', 'id="sign"')
    drawing = drawing.replace('"confirm"', '"sign"')
    studio.save(draft.pk, {"process.bpmn": drawing}, 1, by=by, at=city.now)
    said = text(author.get(page(draft)))
    assert "流程里没有" in said
    assert "还没有设置" in said
    assert author.post(page(draft), {"revision": "2", "part": "fit"}).status_code == 302
    assert set(known(draft).tasks) == {"review", "conclude", "sign"}
    assert "按流程补齐" not in text(author.get(page(draft)))


def test_two_who_change_the_same_task_learn_of_each_other(city, author):
    draft = begun(city, author)
    sent = form(author.get(page(draft, "?task=confirm")))
    assert author.post(page(draft, "?task=confirm"), sent | {"role": "supervisor"}).status_code == 302
    answer = author.post(page(draft, "?task=confirm"), sent | {"role": "handler", "near": "77"})
    assert answer.status_code == 409
    assert 'value="77"' in answer.content.decode()


def test_settings_that_cannot_be_read_say_so(city, author):
    draft = begun(city, author)
    studio.save(draft.pk, {"scenario.toml": "code = "}, 1, by=city.actor("administrator"), at=city.now)
    assert "scenario.toml 有误" in text(author.get(page(draft)))


def test_what_is_not_there_is_absent(city, author):
    draft = begun(city, author)
    assert author.get(page(draft, "?task=nothing")).status_code == 404
    assert author.post(page(draft), {"revision": "1", "part": "nothing"}).status_code == 422
    leader = city.signed_in(type(author)(), "leader")
    assert leader.get(page(draft)).status_code == 404


def test_while_it_waits_for_approval_it_is_only_read(city, author):
    draft = begun(city, author)
    asked = author.post(f"/desk/studio/{draft.pk}/publish/", {"go": "propose", "revision": "1", "reason": "选址要快"})
    assert asked.status_code == 302
    sent = form(author.get(page(draft, "?task=confirm")))
    assert author.post(page(draft, "?task=confirm"), sent | {"role": "handler"}).status_code == 409
    leader = city.signed_in(type(author)(), "leader")
    seen = leader.get(page(draft, "?task=confirm"))
    assert seen.status_code == 200
    assert "<fieldset disabled>" in seen.content.decode()
    assert leader.post(page(draft, "?task=confirm"), sent).status_code in (403, 404, 409)


ODD = [
    "tasks = 3",
    "tasks = { review = 3 }\nphases = []",
    'lanes = "x"\nstart = 1\nstarts = [1]\nmoves = 2',
    "deadlines = { 1302 = 3, 16 = { review = 4 } }\nform = 7",
    'alarms = { near = "x", warned = "y" }\nsupplement = { tasks = "review", days = 3 }',
    'phases = { a = 1 }\ntasks = { review = { apart = "x", returns = 4, whistle = 5, deadline = 6, pool = [] } }',
]


@pytest.mark.parametrize("odd", ODD)
def test_settings_of_another_shape_are_shown_as_far_as_they_go(city, author, odd):
    draft, by = begun(city, author), city.actor("administrator")
    broken = '{"properties": {"by": {"type": "string", "format": "date", "x-ui": 3}}}'
    written = f'process = "process.bpmn"\n{odd}'
    studio.save(draft.pk, {"scenario.toml": written, "form.json": broken}, 1, by=by, at=city.now)
    assert author.get(page(draft)).status_code == 200
    assert author.get(page(draft, "?task=review")).status_code == 200
    sent = {"revision": "2", "part": "start", "start-by": "official", "start-title": "", "start-place": ""}
    assert author.post(page(draft), sent).status_code in (302, 422)


def test_the_page_speaks_english_too(city, author):
    draft = begun(city, author)
    author.cookies["language"] = "en"
    said = text(author.get(page(draft)))
    assert "Confirm" in said
    assert "签发" not in said
