"""The demonstration: an invented office, driven through the real windows."""
