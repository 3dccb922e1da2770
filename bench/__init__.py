"""Measurements: how well Reable agrees with cases, how fast it is, and proofs in large numbers."""
