"""Components that a file brings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.models import Component, Kind, Status
from zhongshu.registers.places.queries.incoming.among import among
from zhongshu.registers.places.queries.spots import read_cells
from zhongshu.registers.places.rules import codes, geojson, rows, shapes
from zhongshu.registers.places.rules.city import ComponentRow, KindRow
from zhongshu.registers.places.rules.datum import Datum, to_wgs84
from zhongshu.registers.places.rules.plan import Extent, Known
from zhongshu.registers.places.rules.rows import Read

_COLUMNS = ("code", "cell_id", "lon", "lat", "name", "name_en", "owner_body", "status")


def read(features: Sequence[geojson.Feature], datum: Datum) -> Read[ComponentRow]:
    """Rows of `code`, a point, and if wanted `name`, `name_en`, `status`, `owner_body`; a class not yet here needs its
    names (`major`, `minor`, and in English `major_en`, `minor_en`). The cell is found from the point, by `check`.
    """
    here = frozenset(Kind.objects.values_list("code", flat=True))
    said = {code for feature in features if (code := _class(feature)) and _named(feature)}
    return rows.read_all(features, lambda f: _read(f, datum, here | said), lambda component: component.code)


def _read(feature: geojson.Feature, datum: Datum, kinds: frozenset[str]) -> ComponentRow:
    """The component, its cell still open."""
    code = codes.parse_component(rows.text(feature, "code", 20))
    if code.kind not in kinds:
        raise Invalid("部件类别 {kind} 尚未登记；请在属性里给出 major 和 minor 名称。", field="code", kind=code.kind)
    if _named(feature):
        _kind(feature, code.kind)
    lon, lat = to_wgs84(*shapes.read_point(feature.geometry), datum)
    return ComponentRow(
        code=str(code),
        cell="",
        lon=round(lon, shapes.DECIMALS),
        lat=round(lat, shapes.DECIMALS),
        name=rows.text(feature, "name", 80, optional=True),
        name_en=rows.text(feature, "name_en", 160, optional=True),
        owner_body=_owner(feature),
        status=_status(feature),
    )


def _class(feature: geojson.Feature) -> str:
    try:
        return codes.parse_component(rows.text(feature, "code", 20)).kind
    except Invalid:
        return ""


def _named(feature: geojson.Feature) -> bool:
    return bool(feature.properties.get("major") and feature.properties.get("minor"))


def kinds(features: Iterable[geojson.Feature], taken: Iterable[ComponentRow]) -> tuple[KindRow, ...]:
    """The classes that come with the components taken and are not yet here."""
    here = set(Kind.objects.values_list("code", flat=True))
    needed = {component.code[6:10] for component in taken} - here
    found: dict[str, KindRow] = {}
    for feature in features if needed else ():
        code = _class(feature)
        if code in needed and code not in found and _named(feature):
            found[code] = _kind(feature, code)
    return tuple(found.values())


def _kind(feature: geojson.Feature, code: str) -> KindRow:
    major, minor = rows.text(feature, "major", 40), rows.text(feature, "minor", 40)
    major_en, minor_en = (rows.text(feature, name, 80, optional=True) for name in ("major_en", "minor_en"))
    return KindRow(code, major, major_en, minor, minor_en)


def _owner(feature: geojson.Feature) -> int | None:
    said = rows.text(feature, "owner_body", 18, optional=True)
    if said and not (said.isascii() and said.isdigit()):
        raise Invalid("权属单位“{said}”不是单位编号；请填数字编号或留空。", field="owner_body", said=said)
    return int(said) if said else None


def _status(feature: geojson.Feature) -> str:
    said = rows.text(feature, "status", 12, optional=True)
    if not said:
        return ""
    for status in Status:
        if said in (status.value, status.label):
            return status.value
    raise Invalid("部件状态“{said}”不认识；请用：完好、破损、丢失、占用、废弃。", field="status", said=said)


def check(found: Read[ComponentRow], _gone: Collection[str]) -> None:
    """Give each component the cell it stands in; those that stand in none, or in another district, are broken."""
    cells = read_cells().locate_many((one.lon, one.lat) for one in found.good.values())
    faults = []
    for (row, one), cell in zip(list(found.good.items()), cells, strict=True):
        if fault := _misplaced(one, cell):
            faults.append(rows.BrokenRow(row, fault))
        elif cell:
            found.good[row] = replace(one, cell=cell)
    found.refuse(faults)


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


def known(found: Iterable[str]) -> dict[str, Known[ComponentRow]]:
    """What the register has under these codes."""
    there = Component.objects.filter(among(found)).values_list(*_COLUMNS, "ended")
    return {row[0]: Known(ComponentRow(*row[:-1]), row[-1] is not None) for row in there.iterator()}


def standing(where: Extent) -> list[ComponentRow]:
    """The components that have not ended where a file speaks: in its district, or its class in its district."""
    there = Component.objects.filter(code__startswith=where.within, ended=None)
    return [ComponentRow(*row) for row in there.order_by("code").values_list(*_COLUMNS)]
