"""The public agenda, registration and personal links."""

from django.urls import path

from trekker.events.views import agenda, feeds, material, personal, registering, requests

app_name = "agenda"
urlpatterns = [
    path("vraag-een-sessie/", requests.ask, name="ask"),
    path("vraag-een-sessie/ontvangen/<str:ticket>/", requests.asked, name="asked"),
    path("agenda/", agenda.show_list, name="list"),
    path("agenda.ics", feeds.ics, name="ics"),
    path("agenda.rss", feeds.rss, name="rss"),
    path("agenda.json", feeds.as_json, name="json"),
    path("kalender/<slug:key>.ics", feeds.private, name="private_feed"),
    path("agenda/<slug:slug>/", agenda.show, name="event"),
    path("agenda/<slug:slug>/activiteit.ics", agenda.as_ical, name="event_ics"),
    path("agenda/organisaties.json", registering.organisations, name="organisations"),
    path("agenda/<slug:slug>/inschrijven/", registering.register, name="register"),
    path("agenda/<slug:slug>/ingeschreven/<str:signed>/", registering.receipt, name="receipt"),
    path("materiaal/<int:pk>/", material.download, name="material"),
    path("inschrijving/<str:key>/", personal.show, name="personal"),
    path("inschrijving/<str:key>/wijzigen/", personal.change, name="personal_change"),
    path("inschrijving/<str:key>/uitschrijven/", personal.cancel, name="personal_cancel"),
    path("inschrijving/<str:key>/doorgeven/", personal.hand_over, name="personal_hand_over"),
    path("inschrijving/<str:key>/activiteit.ics", personal.as_ical, name="personal_ics"),
]
