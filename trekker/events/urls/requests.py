"""Requests for a session and ideas in the back office."""

from django.urls import URLPattern

app_name = "requests"
urlpatterns: list[URLPattern] = []
