from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "zhongshu.registers.catalogue"
    label = "catalogue"
