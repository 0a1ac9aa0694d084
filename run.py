"""The door: `uv run run.py --help` shows the commands. Everything behind it lives in pipeline/."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
