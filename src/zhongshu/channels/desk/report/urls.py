from django.urls import path

from zhongshu.channels.desk.report import views

urlpatterns = [path("report/", views.report, name="report")]
