from django.urls import path

from zhongshu.channels.desk.admin import clients, devices, views

urlpatterns = [
    path("admin/", views.keys, name="admin"),
    path("admin/keys/<uuid:key>/revoke/", views.revoke, name="revoke_key"),
    path("admin/clients/", clients.clients, name="clients"),
    path("admin/clients/<slug:client>/withdraw/", clients.withdraw, name="withdraw_client"),
    path("admin/devices/<uuid:account>/", devices.devices, name="devices"),
    path("admin/devices/<uuid:account>/review/", devices.review, name="review_device"),
]
