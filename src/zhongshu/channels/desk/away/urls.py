from django.urls import path

from zhongshu.channels.desk.away import views

urlpatterns = [path("away/", views.away, name="away"), path("away/back/", views.back, name="back")]
