"""Reads of analyses and improvements."""
