"""Small widgets with one look, used by two pages or more."""
