from django.urls import path

from zhongshu.channels.screen import views

app_name = "screen"

urlpatterns = [
    path("", views.wall, name="wall"),
    path("data/", views.data, name="data"),
    path("cases/", views.cases, name="cases"),
]
