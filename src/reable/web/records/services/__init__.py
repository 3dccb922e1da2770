"""Acts that write: one function an act, atomic."""
