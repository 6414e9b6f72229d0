"""The papers: frozen dataclasses in, PDF bytes out; no database, no printer, no clock (design: papers.md)."""
