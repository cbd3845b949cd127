"""
Texts that the database alone cannot read: locked with keys that follow from the secret key.

A seal carries no moment, and texts are filled up to whole blocks, so that neither time nor length
tells which seal belongs to whom. See decision 0008.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256
from typing import TypeAlias

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Bytes: TypeAlias = bytes | memoryview  # as databases give them
BLOCK = 1024  # bytes; a sealed text is a whole number of these
BITS = 53  # whole numbers of this size pass through every database and format unharmed


class BrokenSeal(Exception):
    """It is no seal of ours for this purpose, or its key was thrown away."""


def seal(text: str, *, purpose: str, salt: Bytes = b"", block: int = BLOCK) -> bytes:
    """Lock a text for one purpose; with a ``salt`` that is thrown away later, nobody opens it again."""
    content = text.encode()
    content = len(content).to_bytes(4) + content
    content += bytes(-len(content) % block)
    return _lock(purpose, salt).encrypt_at_time(content, 0)


def unseal(sealed: Bytes, *, purpose: str, salt: Bytes = b"") -> str:
    """
    Open what :func:`seal` locked.

    :raises BrokenSeal: if it is no seal of ours for this purpose and salt
    """
    try:
        content = _lock(purpose, salt).decrypt(bytes(sealed))
    except InvalidToken:
        raise BrokenSeal from None
    return content[4 : 4 + int.from_bytes(content[:4])].decode()


def to_token(text: str, *, purpose: str) -> str:
    """Write a short text as a sealed part of an address, that stands nowhere in the database."""
    return seal(text, purpose=purpose, block=32).decode().rstrip("=")


def from_token(token: str, *, purpose: str) -> str:
    """Read what :func:`to_token` wrote; nothing when it is none of ours."""
    try:
        content = urlsafe_b64encode(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return unseal(content, purpose=purpose)
    except (BrokenSeal, Error, ValueError):
        return ""


def number_of(text: str, *, purpose: str) -> int:
    """Give a number above zero that always belongs to this text, and from which nobody finds the text."""
    return (int.from_bytes(_digest(text, purpose)[:8]) >> (64 - BITS)) or 1


def fingerprint(text: str, *, purpose: str) -> str:
    """Give 32 signs that always belong to this text, and from which nobody finds the text."""
    return _digest(text, purpose).hex()[:32]


def _digest(text: str, purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{purpose}\x1f{text}".encode(), sha256)


def _lock(purpose: str, salt: Bytes) -> Fernet:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=bytes(salt), info=f"trekker.{purpose}".encode())
    return Fernet(urlsafe_b64encode(kdf.derive(settings.SECRET_KEY.encode())))
