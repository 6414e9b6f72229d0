"""Tables, engines, guards and migrations: the only owner of the database."""
