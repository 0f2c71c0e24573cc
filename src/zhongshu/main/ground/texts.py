"""Compiles the translations with Babel, so that no machine needs gettext."""

from pathlib import Path

from zhongshu.main.ground import console
from zhongshu.main.ground.places import SOURCE


def compile_all() -> None:
    """Writes the `.mo` beside every `.po` that is newer; a broken one is refused with its line."""
    for source in sorted(SOURCE.glob("zhongshu/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    from babel.messages import mofile, pofile

    try:
        with source.open("rb") as lines:
            catalogue = pofile.read_po(lines, abort_invalid=True)
    except pofile.PoFileError as error:
        raise console.Trouble(
            f"译文文件有误：{source}：{error}", f"A translation file is broken: {source}: {error}"
        ) from error
    fresh = target.with_suffix(".new")
    with fresh.open("wb") as compiled:
        mofile.write_mo(compiled, catalogue)
    fresh.replace(target)
