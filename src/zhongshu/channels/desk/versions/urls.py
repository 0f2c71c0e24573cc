from django.urls import path

from zhongshu.channels.desk.versions import views

urlpatterns = [
    path("versions/", views.versions, name="versions"),
    path("versions/<uuid:migration>/", views.one, name="migration"),
    path("versions/<uuid:migration>/cases/", views.cases, name="migrated"),
]
