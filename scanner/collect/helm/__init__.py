"""Helm charts as a source."""

from scanner.collect.helm.source import HelmChart, HelmOptions

__all__ = ["HelmChart", "HelmOptions"]
