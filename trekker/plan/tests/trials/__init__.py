"""What if: another plan beside the plan."""
