from django.urls import path

from zhongshu.channels.desk.start import views

urlpatterns = [
    path("start/", views.choose, name="start"),
    path("start/<str:scenario>/", views.fill, name="start_one"),
]
