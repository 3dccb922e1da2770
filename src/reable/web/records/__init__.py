"""All clinical tables; `services` write them, `selectors` read them, nobody else touches them."""
