"""Tests of scanner/findings."""
