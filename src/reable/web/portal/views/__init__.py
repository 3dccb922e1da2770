"""One view function a page."""
