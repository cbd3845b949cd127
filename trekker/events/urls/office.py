"""Activities and courses in the back office."""

from django.urls import path

from trekker.events.views import course, feedback, material, office, office_forms

app_name = "events"
urlpatterns = [
    path("nieuw/", office_forms.new, name="new"),
    path("<int:pk>/verbeter/", office_forms.edit, name="edit"),
    path("<int:pk>/kopieer/", office_forms.copy, name="copy"),
    path("<int:pk>/herhaal/", office_forms.repeat, name="repeat"),
    path("<int:pk>/stap/", office.move, name="move"),
    path("<int:pk>/annuleer/", office.cancel, name="cancel"),
    path("<int:pk>/feedback/vraag/", feedback.ask, name="ask_feedback"),
    path("<int:pk>/feedback/keuze/", feedback.choose, name="choose_feedback"),
    path("<int:pk>/opname/", material.recording, name="add_recording"),
    path("<int:pk>/opname/<int:recording>/", material.recording, name="recording"),
    path("<int:pk>/opname/<int:recording>/verwijder/", material.remove_recording, name="remove_recording"),
    path("<int:pk>/materiaal/", material.material, name="add_material"),
    path("<int:pk>/materiaal/<int:material>/", material.material, name="material"),
    path("<int:pk>/materiaal/<int:material>/verwijder/", material.remove_material, name="remove_material"),
    path("opleiding/<int:pk>/nieuwe-editie/", course.new_edition, name="new_edition"),
]
