"""The back office's screens about mails."""
