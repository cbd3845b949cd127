"""The ``trekker`` console command: Django's commands under the product's name."""

import os
import sys


def main() -> None:
    """Run one command, as ``trekker COMMAND …``; ``trekker help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trekker.config.settings")
    # Django reads its settings on import: they must be named first.
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    sys.argv[0] = "trekker"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
