"""The keeper of places at the desk: looking, checking a file, taking it in, looking back."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongshu.channels.desk.places.presenters import drawing
from zhongshu.channels.desk.places.presenters.drawing import Outline
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.models import Cell
from zhongshu.registers.places.rules.datum import Datum, from_wgs84

pytestmark = pytest.mark.django_db
PAGE = "/desk/places/import/"


@pytest.fixture
def keeper(city: Any, client: Any) -> Any:
    """The administrator's browser."""
    return city.signed_in(client, "administrator")


def cells_of_a_community(left_out: int = 0, **changes: str) -> bytes:
    """A community's cells as the register has them, in GCJ-02, but for the first `left_out`; `changes` are names."""
    first = Cell.objects.order_by("code")[0]
    found = Cell.objects.filter(community=first.community_id).order_by("code")[left_out:]
    features = [
        {
            "properties": {"code": cell.code, "name": changes.get(cell.code, cell.name)},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [list(from_wgs84(lon, lat, Datum.GCJ02)) for lon, lat in ring]
                    for ring in cell.polygon["coordinates"]
                ],
            },
        }
        for cell in found
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def send(client: Any, data: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("cells.geojson", data)
    return client.post(PAGE, {"file": file, "register": "cells", "datum": "gcj02", "go": "check"} | more)


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def basis(page: str) -> str:
    return re.findall(r'name="basis" value="(\w+)"', page)[0]


def counts(page: str) -> list[int]:
    """New, changed, the same, ended, broken."""
    found = re.findall(r"<dd>(\d+)</dd>", page.split('class="facts counts"')[1].split("</dl>")[0])
    return [int(number) for number in found]


@pytest.mark.parametrize("address", ["/desk/places/", PAGE, "/desk/places/imports/", "/desk/places/9901/"])
def test_only_who_manages_places_comes_in(city: Any, client: Any, address: str) -> None:
    assert city.signed_in(client, "supervisor").get(address).status_code == 403
    assert city.signed_in(client, "administrator").get(address).status_code == 200


def test_a_file_is_checked_then_taken_in_and_the_old_name_stays_with_what_happened(keeper: Any) -> None:
    first, second = Cell.objects.order_by("code")[:2]
    data = cells_of_a_community(1, **{second.code: "新名网格"})
    page = said(send(keeper, data, complete="yes"))
    total = Cell.objects.filter(community=first.community_id).count()
    assert counts(page) == [0, 1, total - 2, 1, 0] and f"原名“{second.name}”" in page and "<svg" in page
    assert Cell.objects.filter(ended=None, code=first.code).exists()
    page = said(send(keeper, data, complete="yes", go="all", basis=basis(page)))
    assert "已导入" in page and counts(page)[3] == 1
    assert places.names([second.code])[int(second.code)].zh == "新名网格"
    assert places.locate(first.lon, first.lat) is None
    assert "终止" in said(keeper.get(f"/desk/places/{first.code}/"))
    history = said(keeper.get("/desk/places/imports/"))
    assert "cells.geojson" in history and "GCJ-02" in history


def test_a_file_that_was_not_checked_or_was_checked_otherwise_is_not_taken(keeper: Any) -> None:
    data = cells_of_a_community(1)
    assert "先点“检查”" in said(send(keeper, data, go="all"), 409)
    seen = basis(said(send(keeper, data)))
    assert "再检查一次" in said(send(keeper, data, go="all", basis=seen, complete="yes"), 409)
    assert not Cell.objects.exclude(ended=None).exists()


def test_the_wrong_datum_is_doubted(keeper: Any) -> None:
    page = said(send(keeper, cells_of_a_community(), datum="wgs84"))
    assert "坐标系可能不对" in page and "GCJ-02 只差约" in page


def test_broken_rows_are_listed_and_the_sound_ones_may_be_taken_alone(keeper: Any) -> None:
    second = Cell.objects.order_by("code")[1]
    content = json.loads(cells_of_a_community(1, **{second.code: "新名网格"}))
    content["features"][1]["geometry"]["coordinates"][0].pop()
    data = json.dumps(content).encode()
    page = said(send(keeper, data))
    assert counts(page)[4] == 1 and "没有闭合" in page and 'value="all"' not in page
    assert counts(said(send(keeper, data, go="sound", basis=basis(page))))[1] == 1
    assert Cell.objects.get(code=second.code).name == "新名网格"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"register": "stars"}, "请选择文件里是什么"),
        ({"datum": ""}, "请选择文件的坐标系"),
        ({"datum": "mars"}, "坐标系“mars”不认识"),
    ],
)
def test_what_is_chosen_wrongly_is_said_beside_its_field(keeper: Any, more: dict[str, str], sentence: str) -> None:
    page = said(send(keeper, b"code,name\n1,x\n", **more), 422)
    (field,) = more
    assert sentence in page and f'id="{field}-wrong"' in page


def test_a_file_that_is_none_is_refused(keeper: Any) -> None:
    assert "请选择要导入的文件" in said(keeper.post(PAGE, {"register": "cells", "datum": "wgs84", "go": "check"}), 422)
    assert "Excel 工作簿" in said(send(keeper, b"PK\x03\x04"), 422)


def test_a_spreadsheet_saved_in_china_is_read_and_its_encoding_told(keeper: Any) -> None:
    table = "代码,名称\n990101,新名区\n".encode("gb18030")
    page = said(send(keeper, table, register="regions"))
    assert "GB18030" in page and "新名区" in page


def test_the_tree_leads_down_to_a_cell(keeper: Any) -> None:
    cell = Cell.objects.order_by("code")[0]
    for code in (9901, *places.path_of(cell.code)[2:]):
        assert str(code) in said(keeper.get(f"/desk/places/{code}/"))
    assert cell.name in said(keeper.get("/desk/places/", {"code": cell.code}))
    assert "没有这个代码的地点" in said(keeper.get("/desk/places/", {"code": "990199"}))
    assert keeper.get("/desk/places/990199/").status_code == 404


@pytest.mark.parametrize("address", ["/desk/places/", "/desk/places/9901/", "/desk/places/imports/"])
def test_a_page_costs_few_statements(keeper: Any, django_assert_max_num_queries: Any, address: str) -> None:
    keeper.get(address)
    with django_assert_max_num_queries(12):
        keeper.get(address)


def test_a_drawing_keeps_north_up_and_names_what_has_room() -> None:
    def square(lon: float, lat: float, size: float) -> Outline:
        ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
        return Outline({"type": "Polygon", "coordinates": [ring]}, "is-new", "网格")

    south, north, speck = drawing.drawn(
        [square(121, 29, 0.01), square(121, 29.01, 0.01), square(121.011, 29, 0.0001)]
    ).shapes  # type: ignore[union-attr]
    assert north.y < south.y and (south.name, speck.name) == ("网格", "")
    assert drawing.drawn([]) is None
    (dot,) = drawing.drawn([Outline({"type": "Point", "coordinates": [121, 29]}, "is-new")]).shapes  # type: ignore[union-attr]
    assert "nan" not in dot.path and dot.path
