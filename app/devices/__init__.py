"""Printers behind one small Protocol, one module per driver."""
