"""The window: Qt Widgets over the services."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 hands out None, True and False without taking a reference: right from Python 3.12 on,
    # where they are immortal. Before, every call of a Qt method without a result costs one, and every yes
    # or no that a signal carries, until the interpreter stops with "deallocating None". With this many
    # references to begin with it never comes to that.
    for shared in (None, True, False):
        ctypes.c_ssize_t.from_address(id(shared)).value += 1 << 40
