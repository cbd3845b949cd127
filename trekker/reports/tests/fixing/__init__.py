"""A report from concept to fixed, and what nobody can do to it afterwards."""
