"""What an outbox holds, as plain text: two versions of the program are compared by ``diff -r`` of two dumps."""
