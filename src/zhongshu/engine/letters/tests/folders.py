"""Folders of a scenario with letters, for tests: the shipped one, with a letter as the test wants it."""

from pathlib import Path

SHIPPED = Path(__file__).parents[5] / "scenarios" / "noise"
PLAIN = '#import "/zhongshu.typ": data\n= #data.letter.name\n'


def folder(template: str = PLAIN, **settings: str) -> dict[str, str]:
    """The files of the noise scenario with one more letter, `own`, of these settings."""
    files = {path.relative_to(SHIPPED).as_posix(): path.read_text("utf-8") for path in SHIPPED.rglob("*.*")}
    said = {"name": "回执", "name_en": "Receipt"} | settings
    page = "".join(f'{key} = "{value}"\n' for key, value in said.items())
    return files | {
        "scenario.toml": f"{files['scenario.toml']}\n[letters.own]\n{page}",
        "letters/own.typ": template,
    }
