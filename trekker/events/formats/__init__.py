"""Files and texts of activities, by what they are about."""
