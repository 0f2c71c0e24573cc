from django.urls import path

from zhongshu.channels.desk.admin import devices, views

urlpatterns = [
    path("admin/", views.keys, name="admin"),
    path("admin/keys/<uuid:key>/revoke/", views.revoke, name="revoke_key"),
    path("admin/devices/<uuid:account>/", devices.devices, name="devices"),
    path("admin/devices/<uuid:account>/review/", devices.review, name="review_device"),
]
