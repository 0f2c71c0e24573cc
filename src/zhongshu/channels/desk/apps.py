from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhongshu.channels.desk"
    label = "desk"
