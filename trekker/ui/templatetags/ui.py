"""The components of the platform; a tag's signature is the contract of its component."""

from django import template

register = template.Library()
