"""Marked text (Markdown) of users, as safe HTML: no tags of their own, no pictures, no hidden links."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Links that leave must show where they lead, so only written-out links are made.
_READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "html_block", "html_inline"]
)
_HEADINGS = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


@lru_cache(maxsize=256)  # the same text gives the same HTML; the page of an activity is read many times
def to_html(text: str) -> SafeString:
    """
    Give the HTML of a marked text; its headings start at the second level.

    Tags in the text stay visible as text; addresses other than http, https, mailto and tel become no link.
    """
    tokens = _READER.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    return mark_safe(_READER.renderer.render(tokens, _READER.options, {}))
