"""The demonstration: an invented office, invented cases, and real windows that walk the whole SOP."""
