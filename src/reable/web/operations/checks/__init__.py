"""What `reable doctor` looks at: each check is a small function that gives one finding in plain words."""
