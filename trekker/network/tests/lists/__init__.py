"""What lists of members do to persons, positions and memberships, by kind of list."""
