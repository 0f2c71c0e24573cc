"""中枢 Zhongshu: the platform a city government runs on."""

__version__ = "0.1.0"
