"""A fictional city to show the platform with: 云汀市 (Yunting), its bodies, people and first events."""

from zhongshu.main.demo.accounts import PASSWORD, accounts
from zhongshu.main.demo.loading import load, load_ground

__all__ = ["PASSWORD", "accounts", "load", "load_ground"]
