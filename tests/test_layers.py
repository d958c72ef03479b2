"""The rules that hold the layers apart, read from the imports and calls of every module."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROCEDURES = ("commands", "queries")
MACHINERY = {"changes", "finding", "ledger", "rows"}
"""Modules of ``app/commands`` whose functions serve commands; they are told what to require."""


@cache
def module(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """Every module that is named in an import, however deep in the code it stands."""
    for node in ast.walk(module(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            yield str(node.module)
            yield from (f"{node.module}.{name.name}" for name in node.names)


def called(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module(path)) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def inside(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def wrong(paths: list[Path], is_wrong: Callable[[str], bool]) -> dict[str, list[str]]:
    found = {str(path.relative_to(ROOT)): sorted(filter(is_wrong, imported(path))) for path in paths}
    return {path: names for path, names in found.items() if names}


def test_the_models_know_neither_app_nor_ui_nor_qt() -> None:
    assert not wrong(modules("models"), lambda name: inside(name, "app", "ui", "PySide6"))


def test_the_app_knows_neither_ui_nor_qt() -> None:
    paths = [path for path in modules("app") if path.name != "__main__.py"]
    assert not wrong(paths, lambda name: inside(name, "ui", "PySide6"))


def test_the_rules_know_the_standard_library_the_types_and_each_other() -> None:
    import sys

    known = ("models.types", "app.rules", *sys.stdlib_module_names)
    assert not wrong(modules("app/rules"), lambda name: not inside(name, *known))


def test_the_rules_ask_no_clock_no_file_and_no_environment() -> None:
    asking = {"now", "today", "time", "open", "getenv", "read_text"}
    for path in modules("app/rules"):
        assert not [ast.unparse(call) for call in called(path) if name_of(call) in asking], path


def test_the_window_knows_no_database_no_keyring_and_no_table() -> None:
    def is_wrong(name: str) -> bool:
        return inside(name, "sqlalchemy", "keyring", "sqlcipher3", "psycopg") or (
            inside(name, "models") and name != "models" and not inside(name, "models.types")
        )

    assert not wrong(modules("ui"), is_wrong)


def test_migrations_never_import_our_models() -> None:
    paths = modules("models/migrations", "tests/models/migrations")
    assert paths
    assert not wrong(paths, lambda name: inside(name, "models", "app"))


def test_only_one_module_knows_the_keyring() -> None:
    paths = [path for path in modules("app", "models", "ui") if path.name != "secrets.py"]
    assert not wrong(paths, lambda name: inside(name, "keyring"))


def procedures() -> list[tuple[str, ast.FunctionDef]]:
    """Every public function of commands and queries that acts for somebody."""
    return [
        (f"{path.parent.name}.{path.stem}.{node.name}", node)
        for path in modules(*(f"app/{folder}" for folder in PROCEDURES))
        if path.parent.name != "commands" or path.stem not in MACHINERY
        for node in module(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [argument.arg for argument in node.args.args[:2]] == ["session", "actor"]
    ]


def test_every_command_and_query_first_requires_a_permission() -> None:
    def first(function: ast.FunctionDef) -> str:
        statements = function.body[1:] if ast.get_docstring(function) else function.body
        return ast.unparse(statements[0])

    found = {name: first(function) for name, function in procedures()}
    assert len(found) > 30
    assert not {name for name, said in found.items() if not said.startswith("require(actor, Permission.")}


def test_every_command_writes_its_history() -> None:
    """In the transaction that ``AppContext.do`` opened for it: commands neither open nor commit any."""
    without = []
    for path in modules("app/commands"):
        functions = {one.name: one for one in module(path).body if isinstance(one, ast.FunctionDef)}
        for name, node in procedures():
            if name.startswith(f"commands.{path.stem}.") and not writes(node, functions):
                without.append(name)
    drafts = {f"commands.drafts.{verb}" for verb in ("begin_draft", "save_draft", "discard_draft")}
    drafts |= {f"commands.entry_drafts.{verb}_entry_draft" for verb in ("keep", "discard")}
    published = {"commands.drafts.publish_draft"}  # by the command that publishes a standard
    views = {"commands.views.save_view", "commands.views.forget_view"}  # concern no file
    assert set(without) == {"commands.imports.try_list", *drafts, *published, *views}
    calls = [name_of(call) for path in modules("app/commands", "app/queries") for call in called(path)]
    assert not {"commit", "rollback", "begin_nested"}.intersection(calls)


def writes(function: ast.FunctionDef, beside: dict[str, ast.FunctionDef]) -> bool:
    """Whether a function writes history, or one beside it that it calls."""
    names = {name_of(call) for call in ast.walk(function) if isinstance(call, ast.Call)}
    return "writing" in names or any(
        writes(beside[name], beside) for name in names & beside.keys() - {function.name}
    )


def test_every_command_and_query_says_what_it_does() -> None:
    assert not [name for name, function in procedures() if not ast.get_docstring(function)]


def test_everything_is_caught_in_two_files_at_most() -> None:
    catching = [
        path.name
        for path in [*modules("app", "models", "ui"), ROOT / "dev.py"]
        for node in ast.walk(module(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) == "Exception")
    ]
    assert len(set(catching)) <= 2, catching


def words_of(path: Path) -> Iterator[ast.expr]:
    """Every text that a module hands to the functions of ``app.words``."""
    ours = {name.removeprefix("app.words.") for name in imported(path) if name.startswith("app.words.")}
    for call in called(path):
        if isinstance(call.func, ast.Name) and call.func.id in ours & {"tr", "ntr", "mark"}:
            yield from call.args[: 2 if call.func.id == "ntr" else 1]


def test_only_literals_are_translated() -> None:
    """Anything made up on the way is not found by the tool that collects the messages."""
    made_up = (ast.JoinedStr, ast.BinOp, ast.Call)
    for path in modules("app", "ui"):
        assert not [ast.unparse(text) for text in words_of(path) if isinstance(text, made_up)], path


def test_no_words_come_from_qt() -> None:
    of_qt = {"self.tr", "QCoreApplication.translate", "QObject.tr", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}
    for path in modules("app", "ui"):
        assert not [call for call in called(path) if ast.unparse(call.func) in of_qt], path


@pytest.mark.parametrize("statement", ["update", "delete", "insert"])
def test_rows_are_changed_in_bulk_only_by_commands_and_models(statement: str) -> None:
    """Bulk statements pass the ORM by, so that whoever writes one has to write the history too."""
    paths = [path for path in modules("app", "ui") if path.parent.name != "commands"]
    assert not wrong(paths, lambda name: name == f"sqlalchemy.{statement}")
    assert not wrong(
        paths, lambda name: name in ("models.database.execute_many", "models.database.insert_rows")
    )
