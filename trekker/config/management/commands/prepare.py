"""Makes the data directory and the database ready for this version; safe to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from trekker.feedback.actions.questionnaires import load_first_forms
from trekker.mail.actions import default_sender


class Command(BaseCommand):
    help = "Maak databank, bestanden en organisaties klaar voor deze versie. Veilig om te herhalen."

    def handle(self, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("load_organisations", stdout=self.stdout)
        default_sender()
        load_first_forms(now=timezone.now())
