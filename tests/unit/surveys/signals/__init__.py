"""Tests of the signs of repeated participation."""
