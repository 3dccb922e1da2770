"""What an operator does: start, check, back up, restore, verify the audit."""
