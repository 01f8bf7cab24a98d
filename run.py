#!/usr/bin/env python3
"""The door: `python3 run.py demo`, `python3 run.py test` … on a machine with nothing but Python 3.11."""

import sys

from pipeline.environment import enter

raise SystemExit(enter(sys.argv))
