"""Compute what Rego should not."""
