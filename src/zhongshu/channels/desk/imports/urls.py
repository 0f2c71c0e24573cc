from django.urls import path

from zhongshu.channels.desk.imports import views

urlpatterns = [
    path("import/", views.imports, name="import"),
    path("import/template.csv", views.template, name="import_template"),
]
