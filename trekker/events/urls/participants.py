"""Participants and attendance of one activity in the back office."""

from django.urls import URLPattern

app_name = "participants"
urlpatterns: list[URLPattern] = []
