"""Takes old rows of imports away."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trekker.imports import actions


class Command(BaseCommand):
    help = "Wis rijen van bestanden die meer dan 90 dagen geleden ingelezen zijn. Veilig om te herhalen."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{actions.forget_old(now=timezone.now())} rijen gewist.")
