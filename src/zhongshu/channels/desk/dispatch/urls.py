from django.urls import path

from zhongshu.channels.desk.dispatch import views

urlpatterns = [path("dispatch/", views.dispatch, name="dispatch")]
