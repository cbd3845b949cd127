"""The texts of the kinds of mail: list, edit with preview, try, and go back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access
from trekker.kernel.pages import form_screen, screen
from trekker.mail import actions, forms
from trekker.mail.models import Wording
from trekker.mail.queries import kinds_with_wording
from trekker.mail.registry import KINDS, Kind

TITLE = "Mailteksten"
ICON = "doc-full"


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _trail() -> list[tuple[str, str]]:
    return [(reverse("wording:index"), TITLE)]


@access(Permission.MAIL_VIEW)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List every kind of mail."""
    context = {"rows": kinds_with_wording()}
    return screen(request, "mail/wordings.html", title=TITLE, trail=[], icon=ICON, context=context)


@access(Permission.MAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Edit the subject and text of one kind, look how it reads, or send it to yourself."""
    kind = _kind(code)
    wording = Wording.objects.filter(kind=code).first()
    known = {"subject": (wording or kind).subject, "text": (wording or kind).text}
    form = forms.WordingForm(request.POST or None, kind=kind, initial=known)
    valid = request.method == "POST" and form.is_valid()
    chosen = form.cleaned_data if valid else known
    act = request.POST.get("act", "")
    if valid and act == "keep":
        actions.change_wording(kind=kind, **chosen, by=request.user, now=timezone.now())
        messages.success(request, "De tekst is bewaard. Mails die al klaarstaan, houden hun tekst.")
        return redirect("wording:index")
    if valid and act == "try":
        to = request.user.email  # type: ignore[union-attr]
        actions.send_trial(kind=kind, **chosen, to=to, by=request.user, now=timezone.now())
        messages.success(request, f"De proefmail vertrekt naar {to}.")
    context = {
        "form": form,
        "kind": kind,
        "changed": wording is not None,
        "preview": actions.preview(kind=kind, **chosen),
    }
    return screen(
        request,
        "mail/wording.html",
        title=kind.label,
        trail=_trail(),
        icon=ICON,
        context=context,
        media=form.media,
    )


@access(Permission.MAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Go back to the text that came with Trekker."""
    kind = _kind(code)
    if request.method == "POST":
        actions.restore_wording(kind=kind, by=request.user, now=timezone.now())
        messages.success(request, "De oorspronkelijke tekst staat er weer.")
        return redirect("wording:edit", code)
    return form_screen(
        request,
        forms.Confirm(),
        title="Zet de oorspronkelijke tekst terug",
        submit="Zet terug",
        trail=[*_trail(), (reverse("wording:edit", args=[code]), kind.label)],
        intro="Je eigen onderwerp en tekst verdwijnen.",
    )
