"""SARIF 2.1.0: what the full profile and the one for GitHub share."""
