from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "zhongshu.data.figures"
    label = "figures"
