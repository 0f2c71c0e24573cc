from django.urls import path

from zhongshu.channels.desk.persons.views import find, mergings, one

urlpatterns = [
    path("persons/", find.find, name="persons"),
    path("persons/new/", find.new, name="open_person"),
    path("persons/mergings/", mergings.waiting, name="mergings"),
    path("persons/mergings/<uuid:proposal>/", mergings.one, name="merging"),
    path("persons/mergings/<uuid:merge>/undo/", mergings.undo, name="undo_merging"),
    path("persons/<uuid:person>/", one.person, name="person"),
    path("persons/<uuid:person>/verify/", one.verify, name="verify_person"),
    path("persons/<uuid:person>/show/", one.show, name="show_person"),
    path("persons/<uuid:person>/merge/", one.merge, name="merge_person"),
    path("persons/<uuid:person>/roles/<uuid:role>/confirm/", one.confirm, name="confirm_firm_role"),
]
