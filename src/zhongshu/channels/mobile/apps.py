from django.apps import AppConfig


class MobileConfig(AppConfig):
    name = "zhongshu.channels.mobile"
    label = "mobile"
