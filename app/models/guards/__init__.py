"""Plain SQL that makes the database judge every line itself, and the runner that applies it."""
