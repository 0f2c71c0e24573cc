"""`./run load …`: fills the registers of a city of one's own from files."""

import argparse
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

SUMMARY = ("装入场景、类别、单位。", "Load scenarios, categories and bodies.")
MOST_BYTES = 200_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to load, and from where."""
    parser.add_argument("what", choices=sorted(_LOADERS), help="装入什么 / what")
    parser.add_argument("path", type=Path, help="文件或文件夹 / a file, or the folder of scenarios")
    parser.add_argument("--check", action="store_true", help="只检查场景，不装入 / look scenarios over, load nothing")


def run(options: argparse.Namespace) -> int:
    """Loads all or nothing, and says how many."""
    from zhongshu.main.ground.console import Trouble

    if not options.path.exists():
        raise Trouble(f"没有找到 {options.path}。", f"There is no {options.path}.")
    if options.path.is_file() and options.path.stat().st_size > MOST_BYTES:
        raise Trouble("文件过大：最多 200 MB，请分成几个。", "The file is too large: 200 MB at most.")
    check = getattr(options, "check", False)
    if check and options.what != "scenarios":
        raise Trouble("只有场景可以先检查（--check）。", "Only scenarios can be looked over first (--check).")
    if options.what == "scenarios":
        found = _looked_over(options.path)
        if check or found["refused"]:
            print(json.dumps(found, ensure_ascii=False))
            return 1 if found["refused"] else 0
    print(json.dumps({options.what: _LOADERS[options.what](options)}, ensure_ascii=False))
    return 0


def _looked_over(folder: Path) -> dict[str, Any]:
    """Says what there is to say of each scenario; how many there are, and which cannot be loaded."""
    from zhongshu.engine.cases.rules.examining import is_sound
    from zhongshu.engine.studio.queries import findings
    from zhongshu.main import telling
    from zhongshu.main.ground.console import Trouble

    found = findings.look_over(folder)
    if not found:
        raise Trouble(
            f"{folder} 里没有场景：请给出场景文件夹所在的那一层，导出的 zip 先解开。",
            f"There is no scenario in {folder}: name the folder that holds scenario folders; unpack an exported zip.",
        )
    for code, said in found.items():
        telling.tell_of_folder(code, said)
    return {"scenarios": len(found), "refused": [code for code, said in found.items() if not is_sound(said)]}


def _signature() -> dict[str, Any]:
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM

    return {"by": SYSTEM, "at": clock.now()}


def _scenarios(options: argparse.Namespace) -> dict[str, int]:
    from zhongshu.engine.cases import actions

    return actions.load_scenarios(options.path, **_signature())


def _categories(options: argparse.Namespace) -> int:
    from zhongshu.registers.catalogue import actions
    from zhongshu.registers.catalogue.rules import CategoryRow

    names = ("code", "name", "name_en", "kind", "scenario")
    rows = [CategoryRow(*(row[name] for name in names)) for row in _rows(options.path, names)]  # type: ignore[arg-type]
    return actions.import_categories(rows, **_signature())


def _bodies(options: argparse.Namespace) -> int:
    """Parents come before their parts; `key` is the file's own name for a body, `parent` that of the one above."""
    from django.db import transaction

    from zhongshu.registers.people import actions
    from zhongshu.registers.people.models import Body

    found: dict[str, Body] = {}
    with transaction.atomic():
        for row in _rows(options.path, ("key", "parent", "name", "name_en", "kind", "place")):
            place = int(row["place"]) if row["place"] else None
            found[row["key"]] = actions.found_body(
                row["name"], row["name_en"], row["kind"], parent=found.get(row["parent"]), place=place, **_signature()
            )
    return len(found)


def _rows(path: Path, names: tuple[str, ...]) -> list[dict[str, str]]:
    from zhongshu.main.ground.console import Trouble

    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(names) - set(reader.fieldnames or ()):
            listed = "、".join(sorted(missing))
            raise Trouble(f"CSV 缺少列：{listed}", f"The CSV lacks the columns {listed}.")
        return [{name: (row[name] or "").strip() for name in names} for row in reader]


_LOADERS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "scenarios": _scenarios,
    "categories": _categories,
    "bodies": _bodies,
}
