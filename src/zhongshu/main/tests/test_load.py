"""Filling the registers of a city of one's own from files."""

import argparse
import json
import shutil
from pathlib import Path

import pytest

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.engine.cases.models import Scenario
from zhongshu.main.cli import load
from zhongshu.main.ground.console import Trouble
from zhongshu.main.ground.places import REPOSITORY
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people.models import Body

pytestmark = pytest.mark.django_db


def _load(what: str, path: Path) -> int:
    return load.run(argparse.Namespace(what=what, path=path))


def _file(folder: Path, text: str) -> Path:
    path = folder / "file"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_scenarios_load_once(capsys):
    _load("scenarios", REPOSITORY / "scenarios")
    _load("scenarios", REPOSITORY / "scenarios")
    first, again = capsys.readouterr().out.splitlines()
    assert first == again and json.loads(first)["scenarios"]["city-event"] == 1


def test_categories_come_from_a_csv_with_the_columns_named(tmp_path):
    rows = "code,name,name_en,kind,scenario\n11,市容,City,event,\n1101,暴露垃圾,Rubbish,event,city-event\n"
    assert _load("categories", _file(tmp_path, rows)) == 0
    assert catalogue.category("1101").name == "暴露垃圾"
    with pytest.raises(Trouble, match="scenario"):
        _load("categories", _file(tmp_path, "code,name,name_en,kind\n"))


def test_bodies_hang_under_their_parents_and_a_bad_row_takes_nothing(tmp_path):
    rows = "key,parent,name,name_en,kind,place\na,,某市人民政府,City,government,3303\nb,a,市城管局,Bureau,bureau,3303\n"
    _load("bodies", _file(tmp_path, rows))
    bureau = Body.objects.get(name="市城管局")
    assert bureau.lineage == [Body.objects.get(name="某市人民政府").pk, bureau.pk]
    with pytest.raises(Invalid, match="planet"):
        _load("bodies", _file(tmp_path, "key,parent,name,name_en,kind,place\na,,甲,A,bureau,\nb,a,乙,B,planet,\n"))
    with pytest.raises(Conflict, match="某市人民政府"):
        _load("bodies", _file(tmp_path, rows))
    assert Body.objects.count() == 2


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(Trouble, match="没有找到"):
        _load("bodies", tmp_path / "none")


def test_a_folder_without_scenarios_in_it_is_told(tmp_path):
    for wrong in (tmp_path, REPOSITORY / "scenarios" / "noise"):
        with pytest.raises(Trouble, match="里没有场景"):
            _load("scenarios", wrong)


def test_looking_scenarios_over_plays_their_examples_and_loads_nothing(tmp_path, capsys):
    shutil.copytree(REPOSITORY / "scenarios" / "noise", tmp_path / "noise")
    looked = argparse.Namespace(what="scenarios", path=tmp_path, check=True)
    assert load.run(looked) == 0
    example = tmp_path / "noise" / "trials" / "whistle.json"
    example.write_text(example.read_text("utf-8").replace('"whistle.called": 2', '"whistle.called": 3'), "utf-8")
    assert load.run(looked) == 1
    told = capsys.readouterr().out
    assert "trials/whistle.json" in told and json.loads(told.splitlines()[-1]) == {"scenarios": 1, "refused": ["noise"]}
    assert not Scenario.objects.exists()
