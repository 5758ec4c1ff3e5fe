"""Rules and frameworks: loading and cross-checking."""
