from django.urls import path

from zhongshu.channels.desk.handovers import views

urlpatterns = [
    path("handovers/", views.find, name="handovers"),
    path("handovers/<uuid:account>/", views.one, name="handover"),
]
