"""What the program depends on, under which licence and why; and whether anything ill is known of it."""
