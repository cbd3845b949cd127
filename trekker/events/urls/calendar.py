"""The year calendar and calendars of others in the back office."""

from django.urls import URLPattern

app_name = "calendar"
urlpatterns: list[URLPattern] = []
