"""How a reader arranged a list: columns chosen, their order and widths, the sorting."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from commission_app.gui.preferences import Preferences

#: The widths that a reader can give a column, at 100 percent of text; others were never given by one.
_WIDTHS: Final = range(1, 5_001)


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The columns by their headers: `order` from the left, `shown` and `hidden` as far as the reader chose,
    `widths` at 100 percent of text; `sorting` a column and whether it is descending."""

    order: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    widths: dict[str, int] = field(default_factory=dict)
    sorting: tuple[str, bool] | None = None

    def text(self) -> str:
        """As it is kept among the preferences."""
        return json.dumps(
            {
                "order": self.order,
                "shown": sorted(self.shown),
                "hidden": sorted(self.hidden),
                "widths": self.widths,
                "sorting": self.sorting,
            },
            ensure_ascii=False,
        )

    @classmethod
    def of_kept(cls, kept: Any) -> "ListLayout":
        """What was kept; nothing where it cannot be read, and no width beyond all bounds."""
        try:
            sorting = kept["sorting"]
            return cls(
                tuple(map(str, kept["order"])),
                frozenset(map(str, kept["shown"])),
                frozenset(map(str, kept["hidden"])),
                {
                    str(name): width
                    for name, width in kept["widths"].items()
                    if isinstance(width, int) and width in _WIDTHS
                },
                (str(sorting[0]), bool(sorting[1])) if sorting else None,
            )
        except (TypeError, KeyError, IndexError, AttributeError):
            return cls()


def layout_of(name: str) -> ListLayout:
    """How the reader of this machine arranged a list, by the list's name."""
    return ListLayout.of_kept(Preferences().list_layout(name))


def keep_layout(name: str, layout: ListLayout) -> None:
    """Remember how a list is arranged; one as it came needs no memory."""
    Preferences().note_list_layout(name, layout.text() if layout != ListLayout() else "")
