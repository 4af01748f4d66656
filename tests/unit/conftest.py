"""The flag that writes the reference texts of the papers anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-papers",
        action="store_true",
        help="write the texts that printed papers are compared with (run it on tests/unit)",
    )
