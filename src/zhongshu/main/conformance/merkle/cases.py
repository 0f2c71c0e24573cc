"""Inclusion and consistency proofs of the kit, right ones and forged ones, each judged as the journal judges."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zhongshu.base.journal.rules import merkle


@dataclass(slots=True)
class Count:
    """How many cases came out as the kit expects."""

    passed: int = 0
    total: int = 0

    def report(self) -> dict[str, int]:
        """The figures as a plain value."""
        return asdict(self)


def check_all(kit: Path, tell: Callable[[str], Any]) -> Count:
    """Judges every case below the folders `inclusion` and `consistency`, and tells of each that came out otherwise.

    Proofs of subtrees are another standard's and not asked.
    """
    count = Count()
    for path, holds in _cases(kit):
        case = json.loads(path.read_bytes())
        came_out, expected = holds(case), not case["wantErr"]
        count.total += 1
        count.passed += came_out == expected
        if came_out != expected:
            tell(f"{path.relative_to(kit)}: {case['desc']}: {came_out} ≠ {expected}")
    return count


def _cases(kit: Path) -> Iterator[tuple[Path, Callable[[dict[str, Any]], bool]]]:
    kinds = {"inclusion": _is_included, "consistency": _is_consistent}
    for path in sorted(kit.rglob("*.json")):
        kind = next((part for part in path.relative_to(kit).parts if part in kinds), None)
        if kind:
            yield path, kinds[kind]


def _is_included(case: dict[str, Any]) -> bool:
    leaf, root = _bytes(case["leafHash"]), _bytes(case["root"])
    return merkle.is_included(leaf, case["leafIdx"], case["treeSize"], _proof(case), root)


def _is_consistent(case: dict[str, Any]) -> bool:
    roots = _bytes(case["root1"]), _bytes(case["root2"])
    return merkle.is_consistent(case["size1"], case["size2"], _proof(case), *roots)


def _proof(case: dict[str, Any]) -> list[bytes]:
    return [_bytes(hash_) for hash_ in case["proof"] or []]


def _bytes(said: str | None) -> bytes:
    return base64.b64decode(said or "")
