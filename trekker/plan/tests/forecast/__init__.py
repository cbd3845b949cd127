"""Tests of the mathematics of forecasts."""
