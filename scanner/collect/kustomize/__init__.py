"""Kustomize overlays as a source."""

from scanner.collect.kustomize.source import Overlay
from scanner.collect.kustomize.tree import Leaves, leaves

__all__ = ["Leaves", "Overlay", "leaves"]
