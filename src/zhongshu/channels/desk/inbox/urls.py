from django.urls import path

from zhongshu.channels.desk.inbox import views

urlpatterns = [path("", views.inbox, name="inbox")]
