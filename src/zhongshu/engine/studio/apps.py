from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "zhongshu.engine.studio"
    label = "studio"
