"""What every room may lean on: access, audit, measures, periods, privacy."""
