"""Reable: from "something in my daily life no longer works" to function that lasts."""
