from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "zhongshu.base.http"
    label = "http"
