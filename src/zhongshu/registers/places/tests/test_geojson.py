import json

import pytest
import shapely

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules import geojson, shapes
from zhongshu.registers.places.rules.datum import Datum, to_wgs84

SQUARE = [[121.0, 29.0], [121.1, 29.0], [121.1, 29.1], [121.0, 29.1], [121.0, 29.0]]
INNER = [[121.02, 29.02], [121.02, 29.04], [121.04, 29.04], [121.04, 29.02], [121.02, 29.02]]
DEEPER = [[121.025, 29.025], [121.025, 29.03], [121.03, 29.03], [121.03, 29.025], [121.025, 29.025]]
AWAY = [[122.0, 29.0], [122.1, 29.0], [122.1, 29.1], [122.0, 29.0]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def test_a_sound_polygon_with_a_hole_is_read():
    shape = shapes.read_polygon(polygon(SQUARE, INNER))
    assert shape.is_valid
    assert shape.area == pytest.approx(0.01 - 0.0004)


def test_a_polygon_of_several_parts_is_read():
    shape = shapes.read_polygon({"type": "MultiPolygon", "coordinates": [[SQUARE], [AWAY]]})
    assert len(shape.geoms) == 2


BOW_TIE = [[121.0, 29.0], [121.1, 29.1], [121.1, 29.0], [121.0, 29.1], [121.0, 29.0]]
BROKEN = {
    "not closed": (polygon(SQUARE[:-1]), "没有闭合"),
    "too few": (polygon([*SQUARE[:2], SQUARE[0]]), "只有 3 个点"),
    "crossing": (polygon(BOW_TIE), "自相交"),
    "flat": (polygon([[121, 29], [121.1, 29], [121.2, 29], [121, 29]]), "自相交"),
    "one spot": (polygon([[121, 29]] * 4), "没有面积"),
    "swapped": (polygon([[lat, lon] for lon, lat in SQUARE]), "写反"),
    "elsewhere": (polygon([[lon - 120, lat] for lon, lat in SQUARE]), "不在中国范围内"),
    "metres": (polygon([[500_000, 3_300_000]] * 4), "不在中国范围内"),
    "words": (polygon([["121", "29"]] * 4), "第 1 个坐标"),
    "truth": (polygon([[True, 29]] * 4), "第 1 个坐标"),
    "too deep": (polygon([SQUARE]), "第 1 个坐标"),
    "too flat": (polygon(121.0), "不是坐标的列表"),
    "no ring": ({"type": "Polygon", "coordinates": []}, "没有环"),
    "no part": ({"type": "MultiPolygon", "coordinates": []}, "没有坐标"),
    "empty part": ({"type": "MultiPolygon", "coordinates": [[]]}, "没有环"),
    "point": ({"type": "Point", "coordinates": [121, 29]}, "图形类型是“Point”"),
    "collection": ({"type": "GeometryCollection", "geometries": []}, "图形类型是“GeometryCollection”"),
    "nothing": (None, "缺少图形"),
    "hole outside": (polygon(SQUARE, AWAY), "外环之外"),
    "hole in hole": (polygon(SQUARE, INNER, DEEPER), "洞里还有洞"),
    "part in part": ({"type": "MultiPolygon", "coordinates": [[SQUARE], [INNER]]}, "套在另一个里面"),
}


@pytest.mark.parametrize(("geometry", "said"), BROKEN.values(), ids=BROKEN)
def test_every_broken_ring_gets_its_own_sentence(geometry, said):
    with pytest.raises(Invalid) as refused:
        shapes.read_polygon(geometry)
    assert said in str(refused.value)
    assert refused.value.field == "geometry"


def test_a_crossing_is_told_with_its_place():
    with pytest.raises(Invalid) as refused:
        shapes.read_polygon(polygon(BOW_TIE))
    lon, lat = map(float, refused.value.gaps["where"].split(", "))
    assert (lon, lat) == pytest.approx((121.05, 29.05))


def test_a_polygon_with_too_many_points_is_refused():
    with pytest.raises(TooLarge, match="5 个点"):
        shapes.read_polygon(polygon(SQUARE), geojson.Limits(points=4))


def test_the_rows_of_a_collection_are_counted_from_one():
    document = {"type": "FeatureCollection", "features": [{"properties": {"code": 1}}, "junk"]}
    first, second = geojson.read_features(json.dumps(document).encode())
    assert (first.row, first.properties, second.row, second.geometry) == (1, {"code": 1}, 2, None)


WHOLE = {
    "not json": (b'{"type": \n oops}', "第 2 行"),
    "not utf-8": ("区".encode("gb18030"), "UTF-8"),
    "too deep": (b"[" * 200_000, "嵌套过深"),
    "not a number": (b'{"type": NaN}', "NaN"),
    "endless number": (b"[" + b"9" * 5_000 + b"]", "数字"),
    "another kind": (b'{"type": "Topology"}', "Topology"),
    "a list": (b"[]", "list"),
    "no features": (b'{"type": "FeatureCollection"}', "features"),
}


@pytest.mark.parametrize(("document", "said"), WHOLE.values(), ids=WHOLE)
def test_a_document_that_cannot_be_read_is_refused_as_a_whole(document, said):
    with pytest.raises(Invalid) as refused:
        geojson.read_features(document)
    assert said in str(refused.value)


def test_documents_are_bounded_in_bytes_and_in_features():
    document = b'{"type": "FeatureCollection", "features": [1, 2, 3]}'
    with pytest.raises(TooLarge):
        geojson.read_features(document, geojson.Limits(size=10))
    with pytest.raises(TooLarge, match="3 个图形"):
        geojson.read_features(document, geojson.Limits(features=2))


def test_a_change_of_datum_moves_every_vertex_and_keeps_shared_ones_shared():
    left = shapes.read_polygon(polygon(SQUARE))
    right = shapes.read_polygon(polygon([[lon + 0.1, lat] for lon, lat in SQUARE]))
    moved = [shapes.in_wgs84(shape, Datum.GCJ02) for shape in (left, right)]
    corner = shapely.get_coordinates(moved[0])[0]
    assert tuple(corner) == pytest.approx(to_wgs84(121.0, 29.0, Datum.GCJ02), abs=1e-7)
    shared = set(map(tuple, shapely.get_coordinates(moved[0]))) & set(map(tuple, shapely.get_coordinates(moved[1])))
    assert len(shared) == 2
