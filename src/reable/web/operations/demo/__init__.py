"""The demo clinic: made-up people and places in YAML, played through the same services that real use goes through."""
