"""How Python's reader of zip files refuses one: by many sorts of exception, named here once."""

from zipfile import BadZipFile
from zlib import error as damaged

# RuntimeError is a password, and by a kind of its own a version or a packing it does not know.
REFUSALS = (BadZipFile, damaged, EOFError, OSError, ValueError, RuntimeError)
