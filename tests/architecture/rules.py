"""The habits of the house that no linter knows: each rule reads one module and yields what is wrong in it.

A rule gets the module's path from the top of the repository ("commission_app/gui/theme.py") and its
syntax tree, and yields (line, sentence).
"""

import ast
import re
from collections.abc import Callable, Iterator

Finding = tuple[int, str]
Rule = Callable[[str, ast.Module], Iterator[Finding]]

PACKAGE = "commission_app"
WRITER = f"{PACKAGE}/storage/writer.py"
THEME = f"{PACKAGE}/gui/theme.py"
MESSAGES = f"{PACKAGE}/gui/messages.py"
CLOCK = f"{PACKAGE}/clock.py"

_CHANGES = {"insert", "update", "delete"}
_SQL_CHANGE = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|DELETE\s+FROM|UPDATE\s+(OR\s+\w+\s+)?[\w\"{}]+\s+SET)\b",
    re.I,
)
_CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
}
_EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def imports(node: ast.AST, *, deferred: bool) -> Iterator[tuple[int, str]]:
    """The modules that are imported: when the module is loaded, or (`deferred`) also inside functions.

    `from a import b` yields both `a` and `a.b`, since `b` may be a module.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((child.lineno, alias.name) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.lineno, child.module or ""
            yield from ((child.lineno, f"{child.module}.{alias.name}") for alias in child.names)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) or _is_type_checking(child):
            if deferred:
                yield from imports(child, deferred=True)
        else:
            yield from imports(child, deferred=deferred)


def _is_below(module: str, *tops: str) -> bool:
    return any(module == top or module.startswith(f"{top}.") for top in tops)


def _last_name(node: ast.expr) -> str:
    """`b` of `a.b` and of `b`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def domain_imports_only_domain_and_errors(path: str, tree: ast.Module) -> Iterator[Finding]:
    """The rules are pure: nothing of ours but themselves and the errors."""
    if not path.startswith(f"{PACKAGE}/domain/"):
        return
    for line, module in imports(tree, deferred=True):
        allowed = (f"{PACKAGE}.domain", f"{PACKAGE}.errors")
        if _is_below(module, PACKAGE) and module != PACKAGE and not _is_below(module, *allowed):
            yield line, f"domain imports {module}"


def services_import_papers_when_used(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Services may call documents and exchange, inside a function alone."""
    if not path.startswith(f"{PACKAGE}/services/"):
        return
    for line, module in imports(tree, deferred=False):
        if _is_below(module, f"{PACKAGE}.documents", f"{PACKAGE}.exchange"):
            yield line, f"{module} is imported with the module; import it in the function that needs it"


def window_starts_with_qt_alone(path: str, tree: ast.Module) -> Iterator[Finding]:
    """The main window loads nothing but Qt and our own screens before its first paint."""
    slow = ("services", "documents", "exchange", "storage", "bootstrap", "cli")
    if path not in {f"{PACKAGE}/gui/main_window.py", f"{PACKAGE}/gui/application.py"}:
        return
    for line, module in imports(tree, deferred=False):
        if _is_below(module, *(f"{PACKAGE}.{name}" for name in slow), "sqlalchemy"):
            yield line, f"{module} is imported before the first paint"


def entry_point_imports_nothing_heavy(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Window or command line is decided before either is loaded."""
    if path != f"{PACKAGE}/__main__.py":
        return
    for line, module in imports(tree, deferred=False):
        if _is_below(module, PACKAGE, "PySide6", "click", "sqlalchemy"):
            yield line, f"{module} is imported before it is known whether it is needed"


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """All string constants; an f-string as a whole, with braces where a value goes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(parts)


def only_the_writer_changes_rows(path: str, tree: ast.Module) -> Iterator[Finding]:
    """INSERT, UPDATE and DELETE come from storage/writer.py, which writes the change log."""
    if path == WRITER or not path.startswith(f"{PACKAGE}/"):
        return
    knows_tables = not path.startswith(f"{PACKAGE}/gui/")  # there update() repaints a widget
    aliases = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if _is_below(alias.name, "sqlalchemy")
    }
    for line, text in _texts(tree):
        if _SQL_CHANGE.search(text):
            yield line, "SQL that changes rows, outside the writer"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _is_below(node.module or "", "sqlalchemy"):
            for alias in node.names:
                if alias.name in _CHANGES:
                    yield node.lineno, f"{alias.name} of SQLAlchemy outside the writer"
    for call in _calls(tree):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in _CHANGES):
            continue
        is_bare = knows_tables and not (call.args or call.keywords)  # as of Table.delete(), never of a dict
        if is_bare or ast.unparse(call.func.value) in aliases:
            yield call.lineno, f"{ast.unparse(call.func)}() outside the writer"


def only_the_clock_asks_the_time(path: str, tree: ast.Module) -> Iterator[Finding]:
    """The present comes from clock.py, so that a test and `--on` can set it."""
    if path == CLOCK or not path.startswith(f"{PACKAGE}/"):
        return
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and (_last_name(call.func.value), call.func.attr) in _CLOCKS:
            yield call.lineno, f"{ast.unparse(call.func)}() outside clock.py"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            for alias in node.names:
                if ("time", alias.name) in _CLOCKS:
                    yield node.lineno, f"time.{alias.name} outside clock.py"


def texts_can_be_translated(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A text in tr() is a plain constant: the translator's tool reads the source, not the program."""
    for call in _calls(tree):
        name = _last_name(call.func)
        if name not in {"tr", "translate", "QT_TRANSLATE_NOOP"} or not call.args:
            continue
        if name == "translate" and ast.unparse(call.func) not in {"translate", "QCoreApplication.translate"}:
            continue
        for argument in call.args:
            if isinstance(argument, ast.JoinedStr | ast.BinOp) or (
                isinstance(argument, ast.Call) and _last_name(argument.func) in {"format", "join"}
            ):
                yield argument.lineno, f"a text put together inside {name}()"


def only_the_theme_styles(path: str, tree: ast.Module) -> Iterator[Finding]:
    """No style sheet on single widgets."""
    if path == THEME:
        return
    for call in _calls(tree):
        if _last_name(call.func) == "setStyleSheet":
            yield call.lineno, "setStyleSheet outside gui/theme.py"


def slots_are_bound_methods(path: str, tree: ast.Module) -> Iterator[Finding]:
    """No lambda, partial or local function in connect(): it would keep its widget alive for ever."""
    local = {
        inner.name
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.FunctionDef) and inner is not outer
    } - {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for call in _calls(tree):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "connect"):
            continue
        for argument in call.args:
            if isinstance(argument, ast.Lambda):
                yield argument.lineno, "a lambda in connect()"
            elif isinstance(argument, ast.Call) and _last_name(argument.func) in {"partial", "partialmethod"}:
                yield argument.lineno, "a partial in connect()"
            elif isinstance(argument, ast.Name) and argument.id in local:
                yield argument.lineno, f"the local function {argument.id} in connect()"


def boxes_come_from_messages(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Every box that asks or tells is built in gui/messages.py."""
    if path == MESSAGES:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            for alias in node.names:
                if alias.name.split(".")[-1] == "QMessageBox":
                    yield node.lineno, "QMessageBox outside gui/messages.py"
        elif isinstance(node, ast.Attribute) and node.attr == "QMessageBox":
            yield node.lineno, "QMessageBox outside gui/messages.py"


def modules_are_named_for_what_they_hold(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A module called utils says nothing about what belongs in it."""
    parts = path.removesuffix(".py").split("/")
    if found := _EMPTY_NAMES.intersection(parts):
        yield 1, f"a module called {min(found)}"


def tests_wait_for_what_happens(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A test waits for a signal or a condition, never for a time."""
    for call in _calls(tree):
        written = ast.unparse(call.func)
        if written in {"qtbot.wait", "time.sleep", "sleep", "QTest.qWait", "QTest.qSleep", "QThread.msleep"}:
            yield call.lineno, f"{written}() waits for a time"


PROGRAM_RULES: tuple[Rule, ...] = (
    domain_imports_only_domain_and_errors,
    services_import_papers_when_used,
    window_starts_with_qt_alone,
    entry_point_imports_nothing_heavy,
    only_the_writer_changes_rows,
    only_the_clock_asks_the_time,
    texts_can_be_translated,
    only_the_theme_styles,
    slots_are_bound_methods,
    boxes_come_from_messages,
    modules_are_named_for_what_they_hold,
)
TEST_RULES: tuple[Rule, ...] = (modules_are_named_for_what_they_hold, tests_wait_for_what_happens)
