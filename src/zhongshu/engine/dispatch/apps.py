from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "zhongshu.engine.dispatch"
    label = "dispatch"
