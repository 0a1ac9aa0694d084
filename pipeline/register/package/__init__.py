"""Lossless editing of .xlsx workbooks: see editing.py, and docs/package.md."""
