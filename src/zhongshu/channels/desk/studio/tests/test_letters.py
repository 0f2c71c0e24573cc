"""Letters written, numbered and looked at on the pages of the studio."""

import pytest

from zhongshu.channels.desk.studio.tests.drafting import begun, files, form, text


@pytest.fixture
def draft(city, author):
    return begun(city, author)


def where(draft, part=""):
    return f"/desk/studio/{draft.pk}/letters/{part}"


def press(author, address, status=302, **typed):
    answer = author.post(address, form(author.get(address)) | typed)
    assert answer.status_code == status, text(answer)
    return answer


def test_letters_are_listed_with_when_they_are_made(author, draft):
    page = text(author.get(where(draft)))
    assert "补正告知书 要求补正时自动制作" in page
    assert "受理通知书 由经办人需要时制作" in page
    assert "head" in page


def test_a_letter_is_begun_from_our_template_and_previewed(author, draft):
    made = press(author, where(draft), go="new", name="处理结果告知书", name_en="Notice of the result")
    assert made["Location"].endswith("/letters/notice_of_the_result/")
    page = author.get(made["Location"])
    assert "盖章处" in page.content.decode()
    assert "#data.answers.description.text" in text(page)
    pdf = author.get(made["Location"] + "preview/")
    assert pdf["Content-Type"] == "application/pdf", pdf.content.decode()
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("inline")
    assert pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in pdf["Content-Security-Policy"]


def test_a_letter_needs_a_name_and_gets_a_code_of_its_own(author, draft):
    assert 'id="name-wrong"' in press(author, where(draft), 422, go="new", name="").content.decode()
    for code in ("letter", "letter_2"):
        assert press(author, where(draft), go="new", name="告知书")["Location"].endswith(f"/{code}/")


def test_what_is_set_stands_in_the_page_of_settings(author, draft):
    typed = {"made": "task:close", "when": "verify.passed = true", "number": "云汀结〔{year}〕{seq:03}号", "to": "file"}
    press(author, where(draft, "accepted/"), **typed)
    said = files(draft)["scenario.toml"]
    assert 'task = "close"' in said and "{seq:03}" in said
    assert "# Noise (噪声扰民)" in said, "comments stay"
    page = author.get(where(draft, "accepted/"))
    assert form(page) | typed == form(page)
    assert "今年第一份是 云汀结〔" in text(page) and "〕001号" in text(page)
    press(author, where(draft, "accepted/"), made="hand", number="", when="")
    again = files(draft)["scenario.toml"].split("[letters.accepted]")[1].split("[letters.supplement]")[0]
    assert "task" not in again and "number" not in again


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"number": "第{seq}号"}, "number", "须有一个 {year}"),
        ({"when": "1 +"}, "when", "表达式"),
        ({"name": ""}, "name", "请写上文书的名称"),
        ({"to": "everybody"}, "to", "请从列表中选"),
    ],
)
def test_what_cannot_be_set_is_said_beside_its_field_and_stays(author, draft, typed, field, said):
    text_of = "= 改过的正文"
    answer = press(author, where(draft, "accepted/"), 422, text=text_of, **typed)
    assert said in text(answer)
    assert form(answer)["text"] == text_of
    if field != "to":
        assert f'id="{field}-wrong"' in answer.content.decode()
        assert form(answer)[field] == typed[field]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('#read("/etc/passwd")', "letters/accepted.typ 第 2 行要读取文件"),
        ('#import "@preview/tablex:0.0.8": tablex', "letters/accepted.typ 第 2 行要取用程序包"),
        ('#import "nowhere.typ": x', "letters/accepted.typ 第 2 行引用的 nowhere.typ 不在"),
    ],
)
def test_a_template_reaching_for_files_is_refused_with_file_and_line(author, draft, line, said):
    before = files(draft)
    answer = press(author, where(draft, "accepted/"), 422, text=f"= 通知\n{line}\n正文")
    assert said in text(answer)
    assert line in form(answer)["text"]
    assert files(draft) == before


def test_a_template_that_cannot_be_set_is_told_with_its_line(author, draft):
    press(author, where(draft, "accepted/"), text="= 通知\n#let x = (1,\n正文")
    page = text(author.get(where(draft, "accepted/")))
    assert "要改" in page and "letters/accepted.typ" in page
    pdf = author.get(where(draft, "accepted/preview/"))
    assert pdf.status_code == 422 and "letters/accepted.typ 第" in pdf.content.decode()


def test_a_shared_part_is_changed_and_goes_only_when_nobody_uses_it(author, draft):
    press(author, where(draft, "head/"), text=files(draft)["letters/head.typ"].replace("2em", "3em"))
    assert "3em" in files(draft)["letters/head.typ"]
    assert "还引用它" in text(press(author, where(draft), 409, go="drop:head"))
    for letter in ("accepted", "supplement"):
        press(author, where(draft), go=f"drop:{letter}")
    press(author, where(draft), go="drop:head")
    assert not any(name.startswith("letters/") for name in files(draft))
    assert "[letters" not in files(draft)["scenario.toml"]
    assert "还没有文书" in text(author.get(where(draft)))


def test_a_letter_is_nobody_elses_and_none_is_made_up(city, author, draft):
    leader = city.signed_in(type(author)(), "leader")
    for part in ("", "accepted/", "accepted/preview/"):
        assert leader.get(where(draft, part)).status_code == 404
    assert author.get(where(draft, "nothing/")).status_code == 404
    assert author.get(where(draft, "nothing/preview/")).status_code == 422
