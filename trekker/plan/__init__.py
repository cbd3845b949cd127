"""The plan and its versions, goals, indicators, and the dashboard that measures them."""
