"""Why a document cannot be read, each with the sentence for the screen."""

from __future__ import annotations


class UnreadableFile(Exception):
    """The document gives no text; the message says why, in Dutch, and how to go on."""

    message = "Dit bestand is niet te lezen."

    def __init__(self) -> None:
        """Carry the sentence for the screen."""
        super().__init__(self.message)


class EmptyFile(UnreadableFile):
    """There is no text in it."""

    message = "Dit bestand is leeg. Kies een bestand met de tekst van het plan."


class FileTooLarge(UnreadableFile):
    """It is larger, or unpacks to more, than any plan would."""

    message = "Dit bestand is te groot voor een plan. Bewaar enkel de tekst, en probeer opnieuw."


class UnknownFileType(UnreadableFile):
    """It is no plain text, Word document or PDF."""

    message = "Dit soort bestand kunnen we niet lezen. Kies een bestand in .docx, .pdf of .txt."


class EncryptedFile(UnreadableFile):
    """It opens with a password only."""

    message = "Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord, en probeer opnieuw."


class BrokenFile(UnreadableFile):
    """It is damaged, or not what its name says."""

    message = "Dit bestand is beschadigd. Open het zelf, bewaar het opnieuw, en probeer nog eens."


class ScannedFile(UnreadableFile):
    """It is a PDF of pictures, without a layer of text."""

    message = (
        "Deze pdf bevat enkel beelden van pagina’s, geen tekst. "
        "Kies het oorspronkelijke bestand, of laat eerst tekst herkennen."
    )
