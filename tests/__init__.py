"""Promises over the whole surface, journeys in a real browser, and the ground under all tests."""
