"""Who works for which party of the plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access
from trekker.people.models import Account
from trekker.plan import actions, forms
from trekker.plan.queries.leads import everyone_working, known_parties, parties_of


@access(Permission.PLAN_CHANGE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the accounts with the parties each works for, and the parties for whom nobody does."""
    working = everyone_working()
    spoken = {party for each in working for party in each.parties}
    parties = known_parties()
    shown = {
        "working": working,
        "parties": parties,
        "alone": [each for each in parties if each not in spoken],
    }
    return render(request, "plan/leads.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose for which parties an account works."""
    account = get_object_or_404(Account.objects.filter(is_active=True), pk=pk)
    form = forms.WorksFor(request.POST or None, parties=known_parties(), chosen=parties_of(account))
    if request.method == "POST" and form.is_valid():
        actions.set_parties(
            account=account, parties=form.cleaned_data["parties"], by=request.user, now=timezone.now()
        )
        messages.success(request, f"Bewaard voor {account}.")
        return redirect("plan:leads")
    return render(request, "plan/works_for.html", {"account": account, "form": form})
