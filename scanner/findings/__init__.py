"""Give each judgement its status, place and fingerprint; roll up to controls."""
