"""Proof of what was written: self-test, manifest, verify, trace."""
