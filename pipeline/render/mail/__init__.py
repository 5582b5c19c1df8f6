"""What a mail says, as text and HTML."""
