from django.urls import path

from zhongshu.channels.desk.mandates import views

urlpatterns = [
    path("mandates/", views.counter, name="mandates"),
    path("mandates/<uuid:mandate>/revoke/", views.revoke, name="revoke_mandate"),
    path("mandates/help/", views.help_somebody, name="help"),
]
