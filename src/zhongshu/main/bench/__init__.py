"""Measuring the platform: each bench in a scratch database it makes and drops."""

from types import ModuleType


def known() -> dict[str, ModuleType]:
    """Name → bench: a package with `SUMMARY`, `arguments(parser)` and `run(url, options) -> dict`."""
    from zhongshu.main.bench import decisions, duplicates, loop, places, spike

    return {"decisions": decisions, "duplicates": duplicates, "loop": loop, "places": places, "spike": spike}
