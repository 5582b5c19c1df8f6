"""The folders that people share with the program: inbox, archive, outbox."""
