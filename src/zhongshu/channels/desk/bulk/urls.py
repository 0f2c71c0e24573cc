from django.urls import path

from zhongshu.channels.desk.bulk import views

urlpatterns = [path("bulk/", views.choose, name="bulk"), path("bulk/do/", views.do, name="bulk_do")]
