"""Kustomize overlays as a source."""
