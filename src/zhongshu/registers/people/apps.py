from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zhongshu.registers.people"
    label = "people"
