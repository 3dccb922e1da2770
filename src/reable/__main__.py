"""Run the command line as `python -m reable`."""

from reable.cli.main import main

raise SystemExit(main())
