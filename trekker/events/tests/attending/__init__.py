"""The screens about participants, attendance, the door and certificates, by screen."""
