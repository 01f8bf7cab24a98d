"""config/ + environment → frozen Settings and Calls, validated at once, every fault listed together.

Contract section 3. Connecting anything to anything is left to `commands`.
"""

from pipeline.settings.loading import load
from pipeline.settings.pipeline_file import Settings

__all__ = ["Settings", "load"]
