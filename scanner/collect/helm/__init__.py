"""Helm charts as a source."""
