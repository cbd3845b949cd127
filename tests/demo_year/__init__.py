"""The demo year, filled once: its figures, rows, effect and report, beside what was counted by hand."""
