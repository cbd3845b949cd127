"""The addresses of the imports, under ``beheer/inlezen/``."""

from django.urls import path

from trekker.imports.views import keeping, review, taking_in

app_name = "imports"
urlpatterns = [
    path("", taking_in.listing, name="listing"),
    path("nieuw/", taking_in.start, name="start"),
    path("<int:pk>/", keeping.show, name="show"),
    path("<int:pk>/kolommen/", taking_in.columns, name="columns"),
    path("<int:pk>/titels/", taking_in.headings, name="headings"),
    path("<int:pk>/bezig/", keeping.progress, name="progress"),
    path("<int:pk>/opnieuw/", keeping.retry, name="retry"),
    path("<int:pk>/nakijken/", review.review, name="review"),
    path("<int:pk>/voorstellen/", review.accept, name="accept"),
    path("<int:pk>/rij/<int:row>/", review.choose, name="choose"),
    path("<int:pk>/opslaan/", review.confirm, name="confirm"),
    path("<int:pk>/verslag/", keeping.report, name="report"),
    path("<int:pk>/verslag/<slug:kind>/", keeping.download, name="download"),
    path("<int:pk>/schrappen/", keeping.discard, name="discard"),
]
