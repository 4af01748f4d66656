"""The window: Qt Widgets over the services."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 hands out None without taking a reference: right from Python 3.12 on, where None is
    # immortal. Before, every call of a Qt method without a result costs one, until the interpreter stops
    # with "deallocating None". With this many references to begin with it never comes to that.
    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40
