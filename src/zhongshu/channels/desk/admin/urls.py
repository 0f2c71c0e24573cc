from django.urls import path

from zhongshu.channels.desk.admin import views

urlpatterns = [
    path("admin/", views.keys, name="admin"),
    path("admin/keys/<uuid:key>/revoke/", views.revoke, name="revoke_key"),
]
