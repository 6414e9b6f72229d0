"""The kiosk of the hall: paper in two touches, and nothing else to reach."""
