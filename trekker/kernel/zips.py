"""How Python's reader of zip files refuses one: by many sorts of exception, named here once."""

from zipfile import BadZipFile
from zlib import error as damaged

# NotImplementedError is a version or a packing it does not know, RuntimeError a password.
REFUSALS = (BadZipFile, damaged, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
