"""What can be set: the tabs of the settings and every rule, found by what people call them."""

from PySide6.QtCore import QCoreApplication

from commission_app.domain.setting_registry import SPECS
from commission_app.gui.page import Place
from commission_app.gui.search.entries import SearchEntry


def setting_entries() -> list[SearchEntry]:
    """The tabs of the settings, then the rules one by one."""
    return [*_tabs(), *_rules()]


def _tabs() -> list[SearchEntry]:
    translate = QCoreApplication.translate
    kind = translate("search", "Setting")
    rows = (
        (
            "commission",
            translate("search", "The commission and its letterhead"),
            translate("search", "logo name address ein staff liaison time zone"),
        ),
        (
            "rules",
            translate("search", "Rule book"),
            translate("search", "brown act law bylaws ordinance quorum posting hours sources"),
        ),
        ("backups", translate("search", "Backups"), translate("search", "restore saved copy lost")),
        (
            "copies",
            translate("search", "Copies and hand-over"),
            translate("search", "copy for the treasurer chair laptop share parcel"),
        ),
        (
            "checks",
            translate("search", "Check my records"),
            translate("search", "verify damaged errors integrity"),
        ),
        (
            "appearance",
            translate("search", "Text size and theme"),
            translate("search", "appearance bigger larger text font zoom dark light contrast"),
        ),
        ("about", translate("search", "About this program"), translate("search", "version license")),
    )
    return [
        SearchEntry(
            "settings", text, kind, Place(page="settings", tab=tab), words, f"setting:{tab}", does=True
        )
        for tab, text, words in rows
    ]


def _rules() -> list[SearchEntry]:
    translate = QCoreApplication.translate
    kind, law = translate("search", "Rule"), translate("search", "brown act law")
    return [
        SearchEntry(
            "settings",
            spec.label,
            kind,
            Place(page="settings", tab="rules", record_id=spec.name),
            f"{spec.name} {spec.section} {spec.source} {law if 'Gov' in spec.source else ''}",
            f"rule:{spec.name}",
            does=True,
        )
        for spec in SPECS
    ]
