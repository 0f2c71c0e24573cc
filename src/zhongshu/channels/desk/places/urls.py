from django.urls import path

from zhongshu.channels.desk.places.views import browse, imports

urlpatterns = [
    path("places/", browse.places, name="places"),
    path("places/<int:code>/", browse.place, name="place"),
    path("places/import/", imports.take_in, name="import_places"),
    path("places/imports/", imports.past, name="place_imports"),
]
