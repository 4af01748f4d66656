"""What an open record calls itself: known to a parcel without the description of every noun."""

from typing import Final

FORMAT: Final = "commission-record/1"
