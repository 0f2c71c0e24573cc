"""The drawings of a draft as they are looked at: refused changes, findings, several files, the canvas."""

import pytest

from zhongshu.channels.desk.studio.tests.drafting import files, text
from zhongshu.channels.desk.studio.tests.sending import done, send, where
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.models import Draft

CALLED = Called("panel-review", "会审一件事", "Panel review", "PR")


@pytest.fixture
def draft(city):
    by = city.actor("administrator")
    return studio.begin_from_pattern("joint-review", CALLED, by.body, by=by, at=city.now)


@pytest.mark.parametrize(
    ("verb", "at", "sent", "said"),
    [
        ("add_task", "conclude", {"after": "conclude", "name": ""}, "请写名称"),
        ("add_task", "conclude", {"after": "nothing", "name": "x"}, "流程里没有"),
        ("add_task", "concluded", {"after": "concluded", "name": "x"}, "请选定是哪一条"),
        ("remove", "start", {}, "不能删去"),
        ("remove", "concluded", {"keep": "elsewhere"}, "流程里没有"),
        ("fly", "conclude", {}, "请从页面上的按钮里选一个"),
        ("rename", "", {"name": "x"}, "请从页面上的按钮里选一个"),
        ("rename", "conclude", {"name": "坏\x0b字"}, "不能识别"),
        ("add_decision", "conclude", {"after": "conclude", "name": "吗", "condition": "1 +"}, "不能执行"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_saved(author, draft, verb, at, sent, said):
    answer = send(author, draft, verb, at, **sent)
    assert answer.status_code == 422
    assert said in text(answer)
    assert Draft.objects.get(pk=draft.pk).revision == 1


def test_two_who_change_the_drawing_learn_of_each_other(author, draft):
    sent = {"revision": "1", "file": "process.bpmn", "verb": "rename", "at": "conclude", "form": "rename", "name": "甲"}
    assert author.post(where(draft), sent).status_code == 302
    answer = author.post(where(draft), sent | {"name": "乙乙"})
    assert answer.status_code == 409
    assert 'value="乙乙"' in answer.content.decode()


def test_there_is_no_other_file_and_no_draft_of_others(city, author, draft):
    assert author.get(where(draft) + "?file=form.json").status_code == 404
    assert city.signed_in(type(author)(), "leader").get(where(draft)).status_code == 404
    assert city.signed_in(type(author)(), "acceptor").get(where(draft, "drawing/")).status_code == 403


def test_a_finding_stands_at_its_row(author, draft):
    drawn = files(draft)["process.bpmn"].replace('conclude.result = "again"</', "nobody.knows = 1</")
    author.post(where(draft, "drawing/"), {"revision": "1", "file": "process.bpmn", "xml": drawn})
    page = author.get(where(draft)).content.decode()
    row = page.split('id="row-concluded"')[1].split("</tr>")[0]
    assert "nobody" in row
    marks = author.get(where(draft, "drawing/")).content.decode()
    assert '"element": "concluded-review"' in marks


def test_a_drawing_is_saved_as_it_was_drawn_with_the_settings_of_its_tasks(author, draft):
    drawn = files(draft)["process.bpmn"].replace('id="confirm"', 'id="sign"').replace('"confirm"', '"sign"')
    answer = author.post(where(draft, "drawing/"), {"revision": "1", "file": "process.bpmn", "xml": drawn})
    assert answer.status_code == 302, text(answer)
    said = files(draft)
    assert said["process.bpmn"] == drawn
    assert "[tasks.sign]" in said["scenario.toml"]
    assert "[tasks.confirm]" not in said["scenario.toml"]


@pytest.mark.parametrize("xml", ["", "<a", "<a/>", "<a>\x00</a>", "<!DOCTYPE a []><a/>", "x" * 100])
def test_what_is_no_drawing_is_refused_and_kept_on_the_page(author, draft, xml):
    answer = author.post(where(draft, "drawing/"), {"revision": "1", "file": "process.bpmn", "xml": xml})
    assert answer.status_code == 422
    assert Draft.objects.get(pk=draft.pk).revision == 1
    assert xml[:1] in answer.content.decode()


def test_a_draft_that_waits_is_only_looked_at(city, author, draft):
    by = city.actor("administrator")
    studio.propose(draft.pk, "请审批", by=by, at=city.now)
    page = author.get(where(draft) + "?at=conclude").content.decode()
    assert "现在只能看" in page
    assert 'name="verb"' not in page
    assert "readonly" in author.get(where(draft, "drawing/")).content.decode()
    assert send(author, draft, "rename", "conclude", name="x").status_code == 409


def test_of_several_drawings_one_is_chosen(city, author, draft):
    drawn = files(draft)["process.bpmn"]
    inner = drawn.replace('id="joint_review" name', 'id="inner" name').replace('name="汇总意见"', 'name="另行汇总"')
    studio.save(draft.pk, {"inner.bpmn": inner}, 1, by=city.actor("administrator"), at=city.now)
    page = author.get(where(draft)).content.decode()
    assert '?file=inner.bpmn"' in page
    assert "另行汇总" in text(author.get(where(draft) + "?file=inner.bpmn"))
    done(author, draft, "rename", "conclude", file="inner.bpmn", name="第三次汇总")
    assert 'name="第三次汇总"' in files(draft)["inner.bpmn"]


def test_a_drawing_that_cannot_be_read_is_led_to_its_text(city, author, draft):
    studio.save(draft.pk, {"process.bpmn": "<broken"}, 1, by=city.actor("administrator"), at=city.now)
    page = author.get(where(draft))
    assert page.status_code == 200
    assert "去看流程文件" in text(page)
    assert "&lt;broken" in author.get(where(draft, "drawing/")).content.decode()


def test_a_folder_without_a_drawing_says_what_to_do(city, author, draft):
    studio.save(draft.pk, {"process.bpmn": None}, 1, by=city.actor("administrator"), at=city.now)
    assert "没有流程文件" in text(author.get(where(draft)))
    assert author.get(where(draft, "drawing/")).status_code == 404


def test_looking_and_saving_ask_the_database_a_few_things(author, draft, django_assert_max_num_queries):
    author.get(where(draft))
    with django_assert_max_num_queries(10):
        author.get(where(draft) + "?at=conclude")
    with django_assert_max_num_queries(24):
        done(author, draft, "rename", "conclude", name="汇总")
