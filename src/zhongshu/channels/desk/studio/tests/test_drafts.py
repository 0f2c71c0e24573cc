"""A scenario begun, changed, compared, taken out, brought in and published, on the pages of the studio."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongshu.channels.desk.studio.tests import drafting
from zhongshu.channels.desk.studio.tests.drafting import text
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts

NEW = {"from": "scenario", "scenario": "noise", "name": "音乐扰民", "name_en": "Loud music"}


def body(city):
    return str(city.actor("administrator").body)


def begun(city, author):
    answer = author.post("/desk/studio/new/", {**NEW, "body": body(city)})
    assert answer.status_code == 302, text(answer)
    return Draft.objects.latest("begun")


def where(draft, part=""):
    return f"/desk/studio/{draft.pk}/{part}"


def settings_of(draft):
    form = {"revision": "1", "name": "音乐扰民", "name_en": "Loud music", "prefix": "LM", "case-reopens": "30"}
    term = {"case-deadline-how": "term", "case-deadline-amount": "5", "case-deadline-unit": "working_days"}
    return form | term | {"case-responsible": "dispatch.body", "case-ended": "closed"}


def test_a_new_scenario_needs_a_name_and_gets_code_and_prefix(city, author):
    refused = author.post("/desk/studio/new/", {**NEW, "name": "", "body": body(city), "name_en": "x"})
    assert refused.status_code == 422
    assert "请写上场景的名称" in text(refused)
    assert 'value="x"' in refused.content.decode()
    draft = begun(city, author)
    assert (draft.code, draft.name) == ("loud-music", "音乐扰民")
    assert 'prefix = "LM"' in drafts.files(draft)["scenario.toml"]
    assert "音乐扰民" in text(author.get("/desk/studio/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"from": "nowhere:x"}, "请选择从哪里开始"),
        ({"body": "99999"}, "请选择为哪个单位编写"),
        ({"prefix": "1"}, "编号前缀是"),
        ({"code": "noise"}, "已有代码为 noise"),
        ({"from": "pattern:nothing"}, "没有名为 nothing 的样板"),
    ],
)
def test_what_cannot_be_begun_says_why(city, author, typed, said):
    answer = author.post("/desk/studio/new/", {**NEW, "body": body(city), **typed})
    assert answer.status_code in (404, 409, 422)
    assert said in text(answer)


def test_settings_are_changed_by_what_is_typed_and_everything_else_stays(city, author):
    draft = begun(city, author)
    page = author.get(where(draft, "settings/"))
    assert page.status_code == 200
    answer = author.post(where(draft, "settings/"), settings_of(draft) | {"case-deadline-amount": "3"})
    assert answer.status_code == 302, text(answer)
    before, after = (drafts.files(drafts.one(draft.pk, city.actor("administrator"), city.now), n) for n in (1, 2))
    assert 'deadline = "3 working_days"' in after["scenario.toml"]
    assert before["scenario.toml"].count("#") == after["scenario.toml"].count("#"), "comments stay"
    history = text(author.get(where(draft, "history/")))
    assert "scenario.toml" in history
    assert "期限" in text(author.get(where(draft, "compare/?from=1&to=2")))


def test_phases_come_and_go(city, author):
    draft = begun(city, author)
    added = author.post(where(draft, "settings/"), settings_of(draft) | {"new-phase": "复核中"})
    assert added["Location"].endswith("#new-phase"), "one goes on where the next would be written"
    assert 'name = "复核中"' in drafts.files(Draft.objects.get(pk=draft.pk))["scenario.toml"]
    author.post(where(draft, "settings/"), settings_of(draft) | {"revision": "2", "drop-phase": "phase_1"})
    assert "复核中" not in drafts.files(Draft.objects.get(pk=draft.pk))["scenario.toml"]


def test_a_mistake_is_said_and_what_was_typed_stands_there_still(city, author):
    draft = begun(city, author)
    answer = author.post(where(draft, "settings/"), settings_of(draft) | {"case-reopens": "soon", "name": "音乐"})
    assert answer.status_code == 422
    assert "请写 0 到 9999 之间的整数" in text(answer)
    assert 'value="soon"' in answer.content.decode()
    saved = author.post(
        where(draft, "settings/"), settings_of(draft) | {"case-responsible": "*", "case-responsible-feel": "dispatch.("}
    )
    assert saved.status_code == 302, "a draft may be wrong while it is written"
    assert "要改" in text(author.get(where(draft)))
    assert "先改好上面" in text(author.get(where(draft, "publish/")))


@pytest.mark.parametrize(("field", "typed"), [("name", " "), ("prefix", "9")])
def test_a_name_that_will_not_do_is_told_beside_it_and_takes_the_focus(city, author, field, typed):
    draft = begun(city, author)
    answer = author.post(where(draft, "settings/"), settings_of(draft) | {field: typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert re.search(rf'name="{field}"[^>]* aria-invalid="true" aria-describedby="[^"]*{field}-wrong"', page)
    assert 'autofocus id="summary"' in page


def test_two_who_change_the_same_page_learn_of_each_other(city, author):
    draft = begun(city, author)
    assert author.post(where(draft, "settings/"), settings_of(draft) | {"name": "一一"}).status_code == 302
    answer = author.post(where(draft, "settings/"), settings_of(draft) | {"name": "二二"})
    assert answer.status_code == 409
    assert "已改过" in text(answer)
    assert 'value="二二"' in answer.content.decode()


def test_the_last_save_is_taken_back(city, author):
    draft = begun(city, author)
    author.post(where(draft, "settings/"), settings_of(draft) | {"name": "改名"})
    assert author.post(where(draft), {"go": "undo", "revision": "2"}).status_code == 302
    assert Draft.objects.get(pk=draft.pk).name == "音乐扰民"
    assert author.post(where(draft), {"go": "undo", "revision": "2"}).status_code == 409


def test_a_draft_goes_out_as_a_folder_and_comes_in_again(city, author):
    draft = begun(city, author)
    answer = author.get(where(draft, "export/"))
    assert answer["Content-Disposition"] == 'attachment; filename="loud-music.zip"'
    assert "loud-music/scenario.toml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    file = SimpleUploadedFile("loud-music.zip", answer.content)
    brought = author.post("/desk/studio/import/", {"file": file, "body": body(city)})
    assert brought.status_code == 302, text(brought)
    assert Draft.objects.filter(code="loud-music", origin="import").count() == 1


def test_a_file_that_is_no_scenario_leaves_nothing(city, author):
    for data, status in ((b"hello", 422), (b"PK\x03\x04broken", 422), (b"PK\x03\x04" + bytes(5_000_000), 413)):
        file = SimpleUploadedFile("x.zip", data)
        answer = author.post("/desk/studio/import/", {"file": file, "body": body(city)})
        assert answer.status_code == status
    assert "文件超过 5 MB" in text(answer) and 'aria-describedby="file-wrong"' in answer.content.decode()
    assert "请选择要导入的" in text(author.post("/desk/studio/import/", {"body": body(city)}))
    assert not Draft.objects.exists()


def test_one_asks_another_publishes(city, author, client):
    draft = begun(city, author)
    assert author.post(where(draft, "publish/"), {"go": "propose", "revision": "1"}).status_code == 422
    asked = author.post(where(draft, "publish/"), {"go": "propose", "revision": "1", "reason": "夏季投诉多"})
    assert asked.status_code == 302, text(asked)
    assert "等待审批" in text(author.get(where(draft)))
    own = author.post(where(draft, "publish/"), {"go": "approve"})
    assert own.status_code == 403
    leader = city.signed_in(type(author)(), "leader")
    assert "夏季投诉多" in text(leader.get("/desk/studio/"))
    seen = text(leader.get(where(draft, "publish/")))
    assert "基本设置 scenario.toml 新增" in seen and "可以逐一查看" in seen
    answer = leader.post(where(draft, "publish/"), {"go": "approve"})
    assert answer.status_code == 302, text(answer)
    assert scenarios.newest_number("loud-music") == 1
    for page in ("", "publish/"):
        assert "已作为第 1 版发布" in text(author.get(where(draft, page)))


def test_of_what_officials_start_the_author_is_told_where(city, author):
    asking = {"from": "pattern:asking", "name": "夜间施工征询", "name_en": "Night works", "body": body(city)}
    assert author.post("/desk/studio/new/", asking).status_code == 302
    draft = Draft.objects.latest("begun")
    author.post(where(draft, "publish/"), {"go": "propose", "revision": "1", "reason": "下周要用"})
    assert "等另一人审批" in text(author.get(where(draft)))
    city.signed_in(type(author)(), "leader").post(where(draft, "publish/"), {"go": "approve"})
    page = author.get(where(draft))
    assert 'href="/desk/start/"' in page.content.decode() and "现在就能在 “发起” 里开始办" in text(page)
    (further,) = re.findall(r'href="([^"]*from=version[^"]*)"', page.content.decode())
    assert '<option value="night-works" selected>' in author.get(further.replace("&amp;", "&")).content.decode()


def test_of_what_both_changed_one_is_asked_whose_stays(city, author):
    drafting.begun(city, author)
    draft, published = Draft.objects.latest("begun"), scenarios.files("noise", 1)
    page = published["scenario.toml"]
    author.post(where(draft, "settings/"), settings_of(draft))
    later = {**published, "scenario.toml": page.replace("5 working_days", "4 working_days")}
    cases.publish("noise", later, by=city.actor("administrator"), at=city.now)
    seen = text(author.get(where(draft, "history/")))
    assert "两边都改过" in seen and "基本设置 scenario.toml 有改动" in seen


def test_a_draft_is_nobody_elses(city, author):
    draft = begun(city, author)
    leader = city.signed_in(type(author)(), "leader")
    assert leader.get(where(draft)).status_code == 404
    acceptor = city.signed_in(type(author)(), "acceptor")
    assert acceptor.get("/desk/studio/").status_code == 403


def test_a_draft_is_given_up(city, author):
    draft = begun(city, author)
    assert author.post(where(draft), {"go": "drop"}).status_code == 302
    assert "没有正在编写的场景" in text(author.get("/desk/studio/"))
    assert author.post(where(draft, "settings/"), settings_of(draft)).status_code == 409
