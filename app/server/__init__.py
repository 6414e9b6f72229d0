"""The office server: makes a PostgreSQL ready for PELITA 3, checks it, watches over it. No window, no officer's act."""
