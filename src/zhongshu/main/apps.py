from django.apps import AppConfig


class MainConfig(AppConfig):
    name = "zhongshu.main"
    label = "main"

    def ready(self) -> None:
        from zhongshu.main import wiring
        from zhongshu.main.ground import driver

        driver.quicken()
        wiring.fill_doors()
