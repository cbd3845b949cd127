"""The screens of the plan: dashboard, rows behind a figure, reading and mending a version."""
