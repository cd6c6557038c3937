"""Tests of the printable form."""
