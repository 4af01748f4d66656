"""Runs first in the packed program: what it starts, like a viewer, gets the system's libraries again.

Where it starts itself anew, as the self-test does, that process finds its own libraries like the first.
"""

import os
import sys

os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
if sys.platform == "linux":
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before
