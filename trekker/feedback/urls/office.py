"""Our own screens about evaluations, under the back office."""

from django.urls import path

from trekker.feedback.views import evaluations, importing, lessons, offers, questionnaires, room

app_name = "evaluations"
urlpatterns = [
    path("evaluaties/nieuw/", evaluations.new, name="new"),
    path("evaluaties/<int:pk>/verbeteren/", evaluations.edit, name="edit"),
    path("evaluaties/<int:pk>/uitnodigen/", evaluations.invite, name="invite"),
    path("evaluaties/<int:pk>/sluiten/", evaluations.close, name="close"),
    path("evaluaties/<int:pk>/verwijderen/", evaluations.remove, name="remove"),
    path("evaluaties/<int:pk>/poster/", room.poster, name="poster"),
    path("evaluaties/<int:pk>/papier/", room.paper_form, name="paper"),
    path("evaluaties/<int:pk>/intypen/", room.type_in, name="type_in"),
    path("evaluaties/<int:pk>/inlezen/", importing.read_file, name="read_file"),
    path("evaluaties/<int:pk>/notitie/", room.add_note, name="add_note"),
    path("notities/<int:pk>/", room.correct_note, name="correct_note"),
    path("notities/<int:pk>/verwijderen/", room.remove_note, name="remove_note"),
    path("vragenlijsten/<int:pk>/bekijken/", questionnaires.preview, name="preview"),
    path("vragenlijsten/<int:pk>/uit-gebruik/", questionnaires.retire, name="retire"),
    path("lessen/nieuw/", lessons.new, name="new_lesson"),
    path("lessen/<int:pk>/verbeteren/", lessons.edit, name="edit_lesson"),
    path("lessen/<int:pk>/wat-ervan-kwam/", lessons.conclude, name="conclude"),
    path("opvolging/<int:pk>/idee/", offers.make_idea, name="make_idea"),
    path("opvolging/<int:pk>/afhandelen/", offers.settle, name="settle"),
]
