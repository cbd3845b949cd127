"""The public agenda, registration and personal links."""

from django.urls import URLPattern

app_name = "agenda"
urlpatterns: list[URLPattern] = []
