"""What evaluations say: results and open answers."""

from django.urls import path

from trekker.feedback.views import results, results_texts

app_name = "results"
urlpatterns = [
    path("evaluaties/<int:pk>/resultaten/", results.evaluation, name="evaluation"),
    path("evaluaties/<int:pk>/open-antwoorden/", results_texts.of_evaluation, name="texts"),
    path("resultaten/", results.year, name="year"),
    path("resultaten/open-antwoorden/", results_texts.of_year, name="year_texts"),
    path("resultaten/open-antwoorden/<int:pk>/label/", results_texts.tag, name="tag"),
    path("resultaten/open-antwoorden/<int:pk>/zonder-label/", results_texts.untag, name="untag"),
]
