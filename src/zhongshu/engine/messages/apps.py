from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "zhongshu.engine.messages"
    label = "messages"
