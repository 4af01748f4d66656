"""Whom there is a quick guide for."""

from typing import Final

from PySide6.QtCore import QCoreApplication

#: Whom there is a guide for, as its file is called.
ROLES: Final = ("secretary", "chair", "treasurer")


def title(role: str) -> str:
    """What a guide is called in the list."""
    translate = QCoreApplication.translate
    return {
        "secretary": translate("help", "For the secretary"),
        "chair": translate("help", "For the chair"),
        "treasurer": translate("help", "For the treasurer"),
    }[role]
