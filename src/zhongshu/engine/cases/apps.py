from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhongshu.engine.cases"
    label = "cases"
