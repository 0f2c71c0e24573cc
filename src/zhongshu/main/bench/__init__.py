"""Measuring the platform: each bench in a scratch database it makes and drops."""

from types import ModuleType


def known() -> dict[str, ModuleType]:
    """Name → bench: a package with `SUMMARY`, `arguments(parser)` and `run(url, options) -> dict`."""
    from zhongshu.main.bench import codes, decisions, duplicates, engine, intake, journal, loop, places, rights, spike

    benches = (codes, decisions, duplicates, engine, intake, journal, loop, places, rights, spike)
    return {each.__name__.rpartition(".")[2]: each for each in benches}
