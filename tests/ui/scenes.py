"""All scenes."""

import scenes_choices  # noqa: F401
import scenes_copy  # noqa: F401
import scenes_other  # noqa: F401
import scenes_reply  # noqa: F401
import scenes_written  # noqa: F401
from scenes_other import NARROW
from ui_world import SCENES

__all__ = ["NARROW", "SCENES"]
