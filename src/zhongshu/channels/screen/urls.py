from django.urls import path

from zhongshu.channels.screen.views import rows, wall

app_name = "screen"

urlpatterns = [
    path("", wall.wall, name="wall"),
    path("data/", wall.data, name="data"),
    path("trends/", wall.slow, name="trends"),
    path("points/", wall.points, name="points"),
    path("cases/", rows.cases, name="cases"),
    path("standings/<str:kind>/", rows.standing, name="standing"),
]
