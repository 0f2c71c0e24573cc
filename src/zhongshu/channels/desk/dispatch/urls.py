from django.urls import path

from zhongshu.channels.desk.dispatch.views import acts, around, page

urlpatterns = [
    path("dispatch/", page.dispatch, name="dispatch"),
    path("dispatch/points/", around.points, name="dispatch_points"),
    path("dispatch/officers/", around.officers, name="dispatch_officers"),
    path("dispatch/<str:number>/tasks/<int:token>/<slug:name>/", acts.act, name="dispatch_act"),
]
