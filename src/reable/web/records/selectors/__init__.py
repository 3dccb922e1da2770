"""Reads: frozen values, and only what the actor may see."""
