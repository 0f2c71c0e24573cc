"""Taking in components."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.places.actions.city import store
from zhongshu.registers.places.models import Kind, Status
from zhongshu.registers.places.queries.spots import read_cells
from zhongshu.registers.places.rules import codes, geojson, rows
from zhongshu.registers.places.rules.city import City, ComponentRow, KindRow
from zhongshu.registers.places.rules.datum import Datum, named, to_wgs84


def import_components(
    document: bytes | str | Mapping[str, Any], datum: Datum | str = Datum.WGS84, *, by: Actor, at: datetime
) -> int:
    """Take in a FeatureCollection of components (points in `datum`): how many.

    Properties: `code`, and if wanted `name`, `name_en`, `status`, `owner_body`; a class not yet here needs
    its names (`major`, `minor`, and in English `major_en`, `minor_en`). The cell is found from the point.
    Any broken row refuses the whole file with `BrokenRows`: so does a point in no cell, or in another
    district than the code says.
    """
    measured = named(datum)
    features = geojson.read_features(document)
    kinds: dict[str, KindRow | None] = dict.fromkeys(Kind.objects.values_list("code", flat=True))
    read = rows.read_all(features, lambda f: _read(f, measured, kinds), lambda component: component.code)
    placed = _placed(read)
    new = tuple(kind for kind in kinds.values() if kind)
    store(City(kinds=new, components=placed), "places.components_imported", by=by, at=at)
    return len(placed)


def _read(feature: geojson.Feature, datum: Datum, kinds: dict[str, KindRow | None]) -> ComponentRow:
    """The component, its cell still open; a class met for the first time is added to `kinds`."""
    code = codes.parse_component(rows.text(feature, "code", 20))
    if code.kind not in kinds:
        kinds[code.kind] = _kind(feature, code.kind)
    lon, lat = to_wgs84(*geojson.read_point(feature.geometry), datum)
    return ComponentRow(
        code=str(code),
        cell="",
        lon=lon,
        lat=lat,
        name=rows.text(feature, "name", 80, optional=True),
        name_en=rows.text(feature, "name_en", 160, optional=True),
        owner_body=_owner(feature),
        status=_status(feature),
    )


def _kind(feature: geojson.Feature, code: str) -> KindRow:
    if not (feature.properties.get("major") and feature.properties.get("minor")):
        raise Invalid("部件类别 {kind} 尚未登记；请在属性里给出 major 和 minor 名称。", field="code", kind=code)
    major, minor = rows.text(feature, "major", 40), rows.text(feature, "minor", 40)
    major_en, minor_en = (rows.text(feature, name, 80, optional=True) for name in ("major_en", "minor_en"))
    return KindRow(code, major, major_en, minor, minor_en)


def _owner(feature: geojson.Feature) -> int | None:
    said = rows.text(feature, "owner_body", 18, optional=True)
    if said and not (said.isascii() and said.isdigit()):
        raise Invalid("权属单位“{said}”不是单位编号；请填数字编号或留空。", field="owner_body", said=said)
    return int(said) if said else None


def _status(feature: geojson.Feature) -> str:
    said = rows.text(feature, "status", 12, optional=True) or Status.SOUND
    for status in Status:
        if said in (status.value, status.label):
            return status.value
    raise Invalid("部件状态“{said}”不认识；请用：完好、破损、丢失、占用、废弃。", field="status", said=said)


def _placed(components: list[ComponentRow]) -> tuple[ComponentRow, ...]:
    """Each component with the cell it stands in; `components` stand in the order of their rows."""
    cells = read_cells().locate_many((component.lon, component.lat) for component in components)
    faults = [(row, _misplaced(one, cell)) for row, (one, cell) in enumerate(zip(components, cells, strict=True), 1)]
    rows.refuse([rows.BrokenRow(row, fault) for row, fault in faults if fault])
    return tuple(replace(one, cell=cell) for one, cell in zip(components, cells, strict=True) if cell)


def _misplaced(component: ComponentRow, cell: str | None) -> Invalid | None:
    if cell is None:
        return Invalid("部件 {code} 不在任何网格内；请核对坐标和坐标系。", field="geometry", code=component.code)
    if cell[:6] != component.code[:6]:
        return Invalid(
            "部件 {code} 按代码属于 {said}，按位置却在 {found}；请改正其一。",
            field="code",
            code=component.code,
            said=component.code[:6],
            found=cell[:6],
        )
    return None
