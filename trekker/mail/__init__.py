"""The outbox: every mail is a row before it leaves, sent once, and shown when in doubt."""
