from django.apps import AppConfig


class ScreenConfig(AppConfig):
    name = "zhongshu.channels.screen"
    label = "screen"
