import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules import files, hints, shapes, sheet
from zhongshu.registers.places.rules.datum import Datum, from_wgs84, to_wgs84
from zhongshu.registers.places.rules.geojson import Limits

from .conftest import collection, square

RING = square(121.0)


def first(document):
    return files.read(document).features[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_however_the_spreadsheet_saved_it(encoding):
    found = files.read("代码,名称,英文名称\r\n990101,苇汀区,Weiting\r\n".encode(encoding))
    assert found.encoding == encoding.removesuffix("-sig") and found.form == "csv"
    assert found.features[0].properties == {"code": "990101", "name": "苇汀区", "name_en": "Weiting"}


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_rows_are_numbered_as_the_spreadsheet_numbers_them(mark):
    table = f"code{mark}name\n\n990101{mark}甲\n{mark}\n990102{mark}乙\n"
    assert [(f.row, f.properties["name"]) for f in files.read(table).features] == [(3, "甲"), (5, "乙")]


FOREIGN = {
    "workbook": (b"PK\x03\x04rest", "另存为 CSV"),
    "old workbook": (b"\xd0\xcf\x11\xe0rest", "旧版 Excel"),
    "gzip": (b"\x1f\x8b\x08", "解压"),
    "xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml/>', "XML"),
    "empty": (b"\xef\xbb\xbf  \n", "是空的"),
    "heading only": (b"code,name\n", "一行内容也没有"),
    "no features": (b'{"type": "FeatureCollection", "features": []}', "一行内容也没有"),
    "open quote": ('code,name\n990101,"甲\n'.encode(), "检查引号"),
    "twice": (b"code,Code\n1,2\n", "重复的列名"),
    "no encoding": (b"code,name\n1,\xff\xff\xff", "编码无法识别"),
}


@pytest.mark.parametrize(("document", "said"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_file_of_places_is_refused_as_a_whole(document, said):
    with pytest.raises(Invalid, match=said):
        files.read(document)


def test_files_are_bounded_in_bytes_rows_and_columns():
    with pytest.raises(TooLarge):
        files.read(b"code,name\n990101,x\n", Limits(size=5))
    with pytest.raises(TooLarge, match="2"):
        files.read("code\n" + "990101\n" * 3, Limits(features=2))
    with pytest.raises(TooLarge, match="列"):
        files.read(",".join(f"c{n}" for n in range(61)) + "\n1\n")


def test_an_object_of_names_by_code_is_a_file_of_regions():
    rows = files.read(b'{"110000": "A", "110101": "B"}').features
    assert [(f.row, f.properties) for f in rows] == [
        (1, {"code": "110000", "name": "A"}),
        (2, {"code": "110101", "name": "B"}),
    ]


RINGS = "((121 29.9, 121.01 29.9, 121.01 29.91, 121 29.91, 121 29.9))"


@pytest.mark.parametrize(
    "cell",
    [
        f"POLYGON {RINGS}",
        f"polygon{RINGS}",
        f"SRID=4326;POLYGON Z {RINGS}",
        f"MULTIPOLYGON ({RINGS})",
        json.dumps(RING),
    ],
)
def test_an_outline_in_a_table_is_wkt_or_geojson(cell):
    shape = shapes.read_polygon(sheet.outlined({"geometry": cell}))
    assert shape.equals(shapes.read_polygon(RING))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"geometry": "LINESTRING (121 29, 122 30)"}, "POLYGON"),
        ({"geometry": "POLYGON ((121 29, 122 30)"}, "括号"),
        ({"geometry": "{not json"}, "GeoJSON"),
        ({"geometry": "POLYGON ((121 29.9, 121.01 29.9, 121.01 29.91, 121 29.91))"}, "没有闭合"),
        ({"lon": "121", "lat": "?"}, "经度和纬度"),
    ],
)
def test_a_broken_outline_in_a_table_is_told(cells, said):
    with pytest.raises(Invalid, match=said):
        shapes.read_polygon(sheet.outlined(cells))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_in_an_outline_is_read_or_refused_with_a_sentence(written):
    try:
        shapes.read_polygon(sheet.outlined({"geometry": written}))
    except Invalid as refusal:
        assert str(refusal)


@pytest.mark.parametrize(
    ("crs", "datum"),
    [
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, Datum.WGS84),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}, Datum.WGS84),
        ("GCJ-02", Datum.GCJ02),
        ("bd09ll", Datum.BD09),
        (None, None),
        (7, None),
    ],
)
def test_a_file_may_say_its_datum(crs, datum):
    assert files.read(collection(({"code": 1}, None)) | {"crs": crs}).says is datum


def test_a_file_in_metres_is_refused():
    with pytest.raises(Invalid, match="4547"):
        files.read(collection(({"code": 1}, None)) | {"crs": "EPSG:4547"})


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.floats(100, 125), st.floats(20, 45), st.sampled_from(Datum), st.sampled_from(Datum))
def test_a_file_read_in_the_wrong_datum_is_doubted_and_in_its_own_is_not(lon, lat, chosen, true):
    known = [(lon + n / 1000, lat) for n in range(5)]
    pairs = [(to_wgs84(*from_wgs84(*point, true), chosen), point) for point in known]
    found = hints.fitting(chosen, pairs)
    assert (found.datum if found else chosen) is true


def test_what_a_file_says_of_itself_comes_first_and_public_maps_are_known():
    said = files.read(collection(({"code": 1}, None)) | {"crs": "GCJ-02"})
    assert hints.hint(said, Datum.WGS84, []).why == "says"
    drawn = files.read(collection(({"adcode": 440303, "acroutes": [100000]}, None)))
    assert hints.hint(drawn, Datum.WGS84, []).why == "public"
    assert hints.hint(drawn, Datum.GCJ02, []) is None
