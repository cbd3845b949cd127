"""The application as a WSGI server calls it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trekker.config.settings")
application = get_wsgi_application()

# What stands after starting stays: no use in looking at it after each few hundred new objects. A page
# costs a twentieth less.
gc.freeze()
gc.set_threshold(10_000, 20, 20)
