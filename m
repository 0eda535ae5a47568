#!/bin/sh
PYTHONPATH=/tmp/wt/own exec /tmp/venv/bin/python -m matcher "$@"
