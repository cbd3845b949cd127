"""The addresses of the public pages."""

from django.urls import path

from trekker.website import views

app_name = "website"
urlpatterns = [path("", views.home, name="home")]
