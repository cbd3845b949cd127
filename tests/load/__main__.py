"""Runs every benchmark, each in a process of its own: ``python -m tests.load [NAME …]``."""

import subprocess
import sys

BENCHMARKS = (
    "agenda",
    "dashboard",
    "feedback",
    "figures",
    "forecast",
    "imports",
    "mail",
    "participants",
    "reach",
    "registration",
    "report",
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; fail when one breaks its promise."""
    codes = []
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        codes.append(subprocess.call([sys.executable, "-m", f"tests.load.{name}"]))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
