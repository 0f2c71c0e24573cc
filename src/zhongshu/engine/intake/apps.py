from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "zhongshu.engine.intake"
    label = "intake"
