"""A slot that a class connects is not overridden: PySide keeps calling it after the widget is gone."""

import ast
from pathlib import Path

GUI = Path(__file__).parents[2] / "commission_app" / "gui"


def _connected(body: ast.ClassDef) -> set[str]:
    """The methods of its own that a class connects to signals."""
    return {
        argument.attr
        for call in ast.walk(body)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
        for argument in call.args
        if isinstance(argument, ast.Attribute)
        and isinstance(argument.value, ast.Name)
        and argument.value.id == "self"
    }


def overridden_slots(sources: list[str]) -> list[str]:
    """Every `Subclass.slot` that overrides a slot which a class above it connects."""
    classes = {
        body.name: body
        for text in sources
        for body in ast.walk(ast.parse(text))
        if isinstance(body, ast.ClassDef)
    }

    def above(name: str) -> set[str]:
        bases = {base.id for base in classes[name].bases if isinstance(base, ast.Name) and base.id in classes}
        return bases.union(*(above(base) for base in bases))

    return [
        f"{name}.{method.name}"
        for name, body in classes.items()
        for method in body.body
        if isinstance(method, ast.FunctionDef)
        and any(method.name in _connected(classes[base]) for base in above(name))
    ]


def test_no_connected_slot_is_overridden() -> None:
    assert overridden_slots([path.read_text(encoding="utf-8") for path in GUI.rglob("*.py")]) == []


def test_an_overridden_slot_would_be_found() -> None:
    base = "class A(QWidget):\n def __init__(self):\n  signal.connect(self.fit)\n def fit(self): ...\n"
    assert overridden_slots([base, "class B(A):\n def fit(self): ...\n"]) == ["B.fit"]
    assert overridden_slots([base, "class B(A):\n def other(self): ...\n"]) == []
