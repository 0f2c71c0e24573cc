"""A file of events on the desk: checked first, then taken in, once."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongshu.engine.cases.models import Case

pytestmark = pytest.mark.django_db


def file(city, *lines, encoding="utf-8"):
    lon, lat = city.spot()
    text = "\r\n".join(["类别,情况描述,经度,纬度,姓名,电话", *(line.format(lon=lon, lat=lat) for line in lines)])
    return text.encode(encoding)


GOOD = "1101,路边有一堆垃圾,{lon},{lat},王芳,13800138000"
BAD = (
    "9999,路边有一堆垃圾,{lon},{lat},,",
    "1101,短,{lon},{lat},,",
    "1101,路边有一堆垃圾,0,0,,",
    "1101,路边有一堆垃圾,x,1,,",
)


def sent(client, data, **more):
    return client.post("/desk/import/", {"file": SimpleUploadedFile("events.csv", data), **more})


def digest(page):
    return page.content.decode().split('id="digest" value="')[1].split('"')[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_checked_then_imported_and_sending_it_again_doubles_nothing(city, client, encoding):
    data = file(city, GOOD, *BAD, GOOD, encoding=encoding)
    city.signed_in(client, "supervisor")
    checked = sent(client, data, go="check")
    assert Case.objects.count() == 0 and checked.content.decode().count('<td class="number">') == len(BAD)
    taken = sent(client, data, go="import", digest=digest(checked))
    assert Case.objects.count() == 2 and "导入结果" in taken.content.decode()
    again = sent(client, data, go="import", digest=digest(checked)).content.decode()
    assert Case.objects.count() == 2 and "以前已导入" in again


def test_another_file_than_the_one_checked_is_only_checked(city, client):
    city.signed_in(client, "supervisor")
    checked = sent(client, file(city, GOOD), go="check")
    other = sent(client, file(city, GOOD, GOOD), go="import", digest=digest(checked))
    assert Case.objects.count() == 0 and "检查结果" in other.content.decode()


def test_the_result_can_be_downloaded_and_holds_no_formula(city, client):
    data = file(city, "=1+1,路边有一堆垃圾,{lon},{lat},,")
    page = sent(city.signed_in(client, "supervisor"), data, go="check").content.decode()
    result = base64.b64decode(page.split("data:text/csv;base64,")[1].split('"')[0]).decode("utf-8-sig")
    assert result.startswith("行号,结果,编号,说明") and "\r\n2,未导入,," in result
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in result.splitlines() for cell in line.split(","))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"a,b\r\n1,2", "类别\r\n".encode(), b'\xe7\xb1\xbb\xe5\x88\xab\r\n"x']
)
def test_a_file_of_no_use_is_refused_with_a_sentence(city, client, data):
    answer = sent(city.signed_in(client, "supervisor"), data, go="check")
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


def test_a_file_that_is_too_large_is_refused(city, client):
    answer = sent(city.signed_in(client, "supervisor"), b"x" * 5_000_001, go="check")
    assert answer.status_code == 413


def test_one_may_import_only_where_one_may_report(city, client):
    data = file(city, GOOD)
    assert sent(city.signed_in(client, "verifier001"), data).status_code == 403
    logins = ("acceptor11", "acceptor21", "acceptor31")
    pages = [sent(city.signed_in(client, login), data, go="check").content.decode() for login in logins]
    assert sum("您没有在这个地方上报事件的职责" in page for page in pages) == 2
