"""Our own screens about persons, under the back office."""

from django.urls import path

from trekker.people import views

app_name = "people"
urlpatterns = [
    path("dubbel/", views.doubles, name="doubles"),
    path("<int:pk>/dubbel/", views.double, name="double"),
    path("<int:pk>/dubbel/<int:other>/", views.merge, name="merge"),
    path("<int:pk>/wis/", views.erase, name="erase"),
    path("<int:pk>/functies/nieuw/", views.add_position, name="add_position"),
    path("<int:pk>/functies/<int:position>/", views.correct_position, name="correct_position"),
    path("<int:pk>/functies/<int:position>/einde/", views.end_position, name="end_position"),
]
