"""The public agenda, registration and personal links."""

from django.urls import path

from trekker.events.views import agenda, feeds

app_name = "agenda"
urlpatterns = [
    path("agenda/", agenda.show_list, name="list"),
    path("agenda.ics", feeds.ics, name="ics"),
    path("agenda.rss", feeds.rss, name="rss"),
    path("agenda.json", feeds.as_json, name="json"),
    path("kalender/<str:key>.ics", feeds.private, name="private_feed"),
    path("agenda/<slug:slug>/", agenda.show, name="event"),
    path("agenda/<slug:slug>/activiteit.ics", agenda.as_ical, name="event_ics"),
]
