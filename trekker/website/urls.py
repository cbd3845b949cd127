"""The addresses of the public pages."""

from django.urls import path

from trekker.website import views

app_name = "website"
urlpatterns = [
    path("", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("wie-kan-wat/", views.who_can_what, name="who_can_what"),
]
