"""What pages work forms out with is small, ours alone, and makes no code of texts."""

import re
from pathlib import Path

from zhongshu.main.ground import front_end

FEEL = front_end.ENTRIES / "feel"
MOST_BYTES = 40 * 1024
IMPORTED = re.compile(r'^(?:import|[^"\n]*\bfrom) "([^"]+)";', re.MULTILINE)


def test_the_logic_of_forms_is_bundled_to_forty_kilobytes_at_most(tmp_path: Path) -> None:
    front_end._bundle([FEEL / "logic.js"], tmp_path / "built")
    assert 0 < (tmp_path / "built" / "logic.js").stat().st_size <= MOST_BYTES


def test_it_imports_nothing_else_and_makes_no_code_of_texts() -> None:
    texts = {path: path.read_text() for path in FEEL.rglob("*.js")}
    imported = {(path.parent / name).resolve() for path, text in texts.items() for name in IMPORTED.findall(text)}
    assert FEEL / "closures" / "building.js" in imported
    assert imported <= texts.keys()
    assert not [path for path, text in texts.items() if re.search(r"\beval\(|\bFunction\(", text)]
