"""Names of the states as they are printed."""

from typing import Final

_TEXT: Final = """
    AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado CT=Connecticut DE=Delaware
    FL=Florida GA=Georgia HI=Hawaii ID=Idaho IL=Illinois IN=Indiana IA=Iowa KS=Kansas KY=Kentucky
    LA=Louisiana ME=Maine MD=Maryland MA=Massachusetts MI=Michigan MN=Minnesota MS=Mississippi
    MO=Missouri MT=Montana NE=Nebraska NV=Nevada NH=New_Hampshire NJ=New_Jersey NM=New_Mexico
    NY=New_York NC=North_Carolina ND=North_Dakota OH=Ohio OK=Oklahoma OR=Oregon PA=Pennsylvania
    RI=Rhode_Island SC=South_Carolina SD=South_Dakota TN=Tennessee TX=Texas UT=Utah VT=Vermont
    VA=Virginia WA=Washington WV=West_Virginia WI=Wisconsin WY=Wyoming
"""
_STATES: Final = dict(pair.split("=") for pair in _TEXT.split())


def state_name(state: str | None) -> str:
    """The full name of a state of the United States given by its two letters; others as they stand."""
    given = (state or "").strip()
    return _STATES.get(given.upper(), given).replace("_", " ")
