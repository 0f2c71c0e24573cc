"""`./run places`: files of places from outside, sound and broken, and the public ones where they are at hand."""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from zhongshu.main.cli import places as command
from zhongshu.main.ground.console import Trouble
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.models import Region
from zhongshu.registers.places.rules.datum import Datum, to_wgs84

pytestmark = pytest.mark.django_db
PUBLIC = Path(os.environ.get("ZHONGSHU_DATA") or settings.REPOSITORY.parent / "shared" / "data")
public = pytest.mark.skipif(not (PUBLIC / "regions").is_dir(), reason="no public regions in ZHONGSHU_DATA/regions")

Told = dict[str, Any]
Take = Callable[..., tuple[int, Told, str]]
SQUARE = [[120.0, 28.0], [120.1, 28.0], [120.1, 28.1], [120.0, 28.1], [120.0, 28.0]]


@pytest.fixture
def take(capsys: pytest.CaptureFixture[str]) -> Take:
    """Runs the command on a file: exit code, what it counted, all that it said."""

    def run(file: Path, kind: str = "regions", datum: str = "wgs84", **said: bool) -> tuple[int, Told, str]:
        chosen = {"complete": False, "sound": False, "check": False} | said
        code = command.run(argparse.Namespace(file=file, kind=kind, datum=datum, **chosen))
        told = capsys.readouterr().out
        last = told.splitlines()[-1]
        return code, json.loads(last) if last.startswith("{") else {}, told

    return run


def _written(folder: Path, rows: list[tuple[str, str, list[list[float]]]]) -> Path:
    features = [
        {"properties": {"code": code, "name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, name, ring in rows
    ]
    path = folder / "file.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def test_a_check_changes_nothing_and_an_import_does_what_it_said(take: Take, tmp_path: Path) -> None:
    file = _written(tmp_path, [("330302", "某区", SQUARE)])
    code, told, _ = take(file, datum="gcj02", check=True)
    assert (code, told["taken"], told["new"]) == (0, False, 1) and not Region.objects.exists()
    code, told, _ = take(file, datum="gcj02")
    assert (code, told["taken"], told["new"]) == (0, True, 1)
    assert places.names([330302])[330302].zh == "某区"
    assert take(file, datum="gcj02")[1]["same"] == 1


def test_broken_rows_are_told_by_number_and_left_out_only_if_so_asked(take: Take, tmp_path: Path) -> None:
    file = _written(tmp_path, [("330302", "某区", SQUARE), ("330303", "另区", SQUARE[:-1])])
    code, _, told = take(file)
    assert code == 1 and "2: 第 1 个环没有闭合" in told and not Region.objects.exists()
    code, counts, told = take(file, sound=True)
    assert (code, counts["new"], counts["broken"]) == (0, 1, 1) and "2: " in told


def test_a_missing_file_is_told(take: Take, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="没有找到"):
        take(tmp_path / "none")


@pytest.mark.deep
@public
def test_every_public_region_loads_and_loads_again_as_the_same(take: Take) -> None:
    for name, least in (("provinces", 31), ("cities", 340), ("areas", 2_970), ("streets", 41_350)):
        assert take(PUBLIC / "regions" / f"{name}.csv")[1]["new"] >= least
    told = take(PUBLIC / "regions" / "streets.csv")[1]
    assert (told["same"], told["new"], told["changed"], told["broken"]) == (41_352, 0, 0, 0)
    assert places.path_of("440305007") == (44, 4403, 440305, 440305007)


@public
def test_of_every_code_ever_used_those_no_longer_listed_end_and_keep_their_names(take: Take) -> None:
    ever, listed = PUBLIC / "regions" / "mumuy_history.json", PUBLIC / "regions" / "mumuy_list.json"
    before, now = json.loads(ever.read_text("utf-8")), json.loads(listed.read_text("utf-8"))
    assert take(ever)[1]["new"] == len(before)
    told = take(listed, complete=True)[1]
    assert told["ended"] == len(before.keys() - now.keys()) and told["new"] == len(now.keys() - before.keys())
    gone = places.tree()
    assert 110103 not in gone.names and gone.path(110103)[-1].zh == before["110103"]
    assert places.path_of(110103) == ()


@public
def test_public_outlines_load_from_the_datum_they_are_in_and_the_other_is_doubted(take: Take) -> None:
    for name in ("440300", "310000", "440310"):
        file = PUBLIC / "geo" / f"{name}.json"
        assert "GCJ-02" in take(file, check=True)[2] or name == "440310"
        code, told, _ = take(file, datum="gcj02")
        assert code == 0 and told["broken"] == 0
    ring = json.loads((PUBLIC / "geo" / "440310.json").read_text("utf-8"))["features"][0]["geometry"]["coordinates"][0][
        0
    ]
    stored = Region.objects.get(code="440310").boundary["coordinates"][0][0]
    there = to_wgs84(*ring[0], Datum.GCJ02)
    assert min(abs(lon - there[0]) + abs(lat - there[1]) for lon, lat in stored) < 1e-7


@public
def test_streets_without_codes_find_theirs_by_name_and_a_wrong_name_is_told_the_nearest(
    take: Take, tmp_path: Path
) -> None:
    for name in ("provinces", "cities", "areas", "streets"):
        lines = (PUBLIC / "regions" / f"{name}.csv").read_text("utf-8").splitlines()
        (tmp_path / name).write_text(
            "\n".join(lines[:1] + [line for line in lines if line.startswith("11")]), "gb18030"
        )
        assert take(tmp_path / name)[0] == 0
    outlines = PUBLIC / "geo" / "beijing_dongcheng_17_streets.geojson"
    code, _, told = take(outlines, datum="gcj02")
    assert code == 1 and "体育馆路街道" in told
    code, counts, _ = take(outlines, datum="gcj02", sound=True)
    assert (code, counts["changed"], counts["broken"]) == (0, 16, 1)
    assert Region.objects.filter(parent="110101").exclude(boundary=None).count() == 16
