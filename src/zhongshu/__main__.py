"""`python -m zhongshu NAME …`: the platform's commands."""

import sys

from zhongshu.main import cli

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
