"""The records of the imports."""
