"""Tables point down the shelves, never up, and those at the bottom point at no person."""

from configparser import ConfigParser

import pytest
from django.apps import apps
from django.db.models import Field, Model

from zhongshu.main.ground.places import REPOSITORY

PEOPLE = "zhongshu.registers.people"
OURS = [model for model in apps.get_models() if model.__module__.startswith("zhongshu.")]


def _layers(contract: str) -> list[list[str]]:
    """The layers of a contract, highest first: the packages side by side in each."""
    read = ConfigParser()
    read.read(REPOSITORY / ".importlinter")
    lines = read[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [[name.strip(" ()") for name in line.split("|")] for line in lines if line.strip()]


def _height(package: str) -> tuple[int, int]:
    """How high a package stands: its shelf, then its layer on the shelf."""
    _, shelf, name = package.split(".")
    return _from_below("shelves", shelf), _from_below(shelf, name)


def _from_below(contract: str, name: str) -> int:
    layers = _layers(contract)
    return next(len(layers) - number for number, layer in enumerate(layers) if name in layer)


def _package(model: type[Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


def _relations() -> list[tuple[type[Model], Field, type[Model]]]:
    return [
        (model, field, field.related_model)
        for model in OURS
        for field in model._meta.get_fields()
        if field.is_relation and getattr(field, "remote_field", None) and not field.auto_created
    ]  # type: ignore[return-value]


def _named(model: type[Model], field: Field) -> str:
    return f"{model.__name__}.{field.name}"


@pytest.mark.parametrize(("model", "field", "target"), _relations(), ids=lambda part: getattr(part, "__name__", ""))
def test_a_foreign_key_points_down_or_home(model: type[Model], field: Field, target: type[Model]) -> None:
    here, there = _package(model), _package(target)
    assert here == there or _height(here) > _height(there), _named(model, field)


def test_the_tables_at_the_bottom_point_at_nobody() -> None:
    below = [row for row in _relations() if _height(_package(row[0])) < _height(PEOPLE)]
    assert below, "places have foreign keys among themselves"
    assert [_named(model, field) for model, field, target in below if _package(target) == PEOPLE] == []


def test_every_package_with_tables_has_its_place_in_the_plan() -> None:
    assert len({_height(_package(model)) for model in OURS}) > 5
