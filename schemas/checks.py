"""Named checks that forms share."""
