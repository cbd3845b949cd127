"""The records of the plan."""
