"""Settings: `demo` for trying it out, `production` for real use, `test` for the tests; `base` holds what they share."""
