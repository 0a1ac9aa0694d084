"""What a check of `doctor` raises when something works, and had better be otherwise."""

from pipeline.model import PipelineError


class Doubt(PipelineError):
    """A warning: shown with its mend, and no reason to fail."""
