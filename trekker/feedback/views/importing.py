"""Reading answers that came in through Microsoft Forms into one evaluation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from trekker.feedback.forms.importing import AnswersFile
from trekker.feedback.importers.forms import FormsAnswers
from trekker.feedback.models import Evaluation, Mode
from trekker.feedback.views.evaluations import found, trail
from trekker.imports.reading import Unreadable
from trekker.imports.views.taking_in import take_in_sent
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import form_screen

LOOKED_AT = "Je kiest eerst de kolommen en kijkt alles na. Er wordt nog niets bewaard."
NO_NAMES = "Namen en mailadressen uit het bestand bewaren we niet."
OPENS_LATER = "De antwoorden zijn te lezen zodra de evaluatie sluit."
ON_NAME = "We bewaren wie antwoordde: deze evaluatie is op naam."


def _intro(evaluation: Evaluation) -> str:
    """Tell what becomes of the answers."""
    if evaluation.mode == Mode.NAMED:
        return f"{LOOKED_AT} {ON_NAME}"
    later = f" {OPENS_LATER}" if evaluation.closed_at is None else ""
    return f"{LOOKED_AT} {NO_NAMES}{later}"


@access(Permission.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def read_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the export of a form, read it, and lead to where its columns are chosen."""
    evaluation = found(request, pk)
    form = AnswersFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = take_in_sent(
                request, FormsAnswers.code, form.cleaned_data["file"], {"evaluation": evaluation.pk}
            )
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("imports:columns", draft.pk)
    return form_screen(
        request,
        form,
        title="Lees antwoorden in uit Microsoft Forms",
        submit="Lees het bestand",
        trail=trail(evaluation),
        intro=_intro(evaluation),
    )
