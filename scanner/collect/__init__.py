"""Bring Kubernetes objects, each with its origin."""
