"""The pages of the person who seeks help; no account is needed."""
