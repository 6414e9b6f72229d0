"""Verbs and questions of the office: plain functions that return frozen dataclasses; no Qt, no device."""
