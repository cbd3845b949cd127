"""Activities and courses in the back office."""

from django.urls import URLPattern

app_name = "events"
urlpatterns: list[URLPattern] = []
