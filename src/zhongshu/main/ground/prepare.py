"""Builds what is built from source at set-up: the pages' scripts and styles, and the English texts."""

import sys

from zhongshu.main.ground import console, front_end, texts


def main() -> int:
    """Brings everything built up to date; quick when it already is."""
    try:
        texts.compile_all()
        front_end.build()
    except console.Trouble as trouble:
        console.complain(trouble)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
