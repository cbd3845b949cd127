"""Trekker runs the programme of an umbrella of local governments, from plan to proven result."""
