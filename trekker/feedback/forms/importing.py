"""What is asked to read answers from a file."""

from __future__ import annotations

from typing import Any

from trekker.imports.forms import TakesFile


class AnswersFile(TakesFile):
    """Asks for the export of a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say where the file comes from."""
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = "Kies in Forms bij de antwoorden “Openen in Excel”. CSV en LibreOffice mogen ook."
        file.widget.attrs["accept"] = ".csv,.txt,.tsv,.xlsx,.xls,.ods"
