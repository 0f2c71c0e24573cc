from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhongshu.channels.portal"
    label = "portal"
