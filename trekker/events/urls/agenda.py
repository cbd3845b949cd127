"""The public agenda, registration and personal links."""

from django.urls import path

from trekker.events.views import agenda

app_name = "agenda"
urlpatterns = [
    path("agenda/", agenda.show_list, name="list"),
    path("agenda/<slug:slug>/", agenda.show, name="event"),
    path("agenda/<slug:slug>/activiteit.ics", agenda.as_ical, name="event_ics"),
]
