"""Reads of the targets."""
