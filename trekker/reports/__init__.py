"""What there is to show for: the reach of the programme, and the reports on it."""
