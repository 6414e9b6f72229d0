"""PELITA 3: the counter program of a civil-registration office."""

__version__ = "0.1.0"
