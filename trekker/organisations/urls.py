"""Our own screens about organisations, under the back office."""

from django.urls import path

from trekker.organisations import views

app_name = "organisations"
urlpatterns = [
    path("<int:pk>/dubbel/", views.double, name="double"),
    path("<int:pk>/dubbel/<int:other>/", views.merge, name="merge"),
]
