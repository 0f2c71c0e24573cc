from django.apps import AppConfig


class MainConfig(AppConfig):
    name = "zhongshu.main"
    label = "main"

    def ready(self) -> None:
        from zhongshu.main import wiring

        wiring.fill_doors()
