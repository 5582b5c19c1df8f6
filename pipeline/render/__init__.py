"""State → workbooks, mails and pages, as bytes. Pure: no disk, no database, no clock."""
