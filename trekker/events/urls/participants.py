"""Participants and attendance of one activity in the back office."""

from django.urls import path

from trekker.events.views import phone

app_name = "participants"
urlpatterns = [
    path("<int:pk>/inschrijven/", phone.register, name="register"),
    path("<int:pk>/beslis/", phone.decide, name="decide"),
    path("inschrijving/<int:pk>/wijzig/", phone.change, name="change"),
    path("inschrijving/<int:pk>/schrijf-uit/", phone.cancel, name="cancel"),
    path("inschrijving/<int:pk>/vraagstuk/", phone.choose_case, name="choose_case"),
]
