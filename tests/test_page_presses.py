"""A press does what the fields say when it is made, not what they said when the page was drawn.

A callback is handed the arguments of the run before, in which a field that is typed in and not left
still has its old value. So nothing that is filled in may be among them: an act reads it at the
press, or is asked for in the run that the press begins.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from pages.shared.session import presses

PAGES = Path(__file__).resolve().parents[1] / "pages"
FIELDS = frozenset(
    {
        *("text_input", "text_area", "number_input", "date_input", "time_input", "checkbox"),
        *("toggle", "radio", "selectbox", "multiselect", "segmented_control", "pills", "slider"),
        *("select_slider", "file_uploader", "data_editor", "color_picker", "chat_input"),
        *("st_folium", "feedback"),
    }
)
CALLBACKS = frozenset({"on_click", "on_change", "on_submit"})
# these choose what the page, or a form with names of its own, is about: a press belongs to what was
# shown, and to do it to something that nobody has looked at would be worse
SUBJECTS = frozenset(
    {
        "shared.widgets.decision_choice.ask",
        "teman.answering._ask_theme",
    }
)


class Made(NamedTuple):
    """What a value is made from: names, functions of the pages, and whether a field is among it."""

    names: frozenset[str]
    functions: frozenset[str]
    is_field: bool


@dataclass
class Function:
    """A function of a page, with what of it holds something filled in."""

    name: str
    parameters: list[str]
    assigned: list[tuple[frozenset[str], Made]]
    returned: list[Made]
    # what it calls of the pages, and what it hands on there, by place and by name
    handed: list[tuple[str, list[Made], dict[str, Made]]]
    # callbacks: where, as it is written, and what it is made from
    presses: list[tuple[int, str, Made]]
    # names that hold something filled in: by itself, and with what callers hand it
    own: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    # what it gives is filled in, whatever it is handed
    gives: bool = False


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PAGES).with_suffix("").parts)


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what a name in a module stands for, of what `pages` holds."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages"):
            base = (node.module or "").removeprefix("pages").strip(".")
            for one in node.names:
                found[one.asname or one.name] = f"{base}.{one.name}".strip(".")
    return found


class Reader:
    """Reads the functions of one module."""

    def __init__(self, path: Path) -> None:
        self.module, self.tree = _module(path), ast.parse(path.read_text(encoding="utf-8"))
        self.names = _imported(self.tree)

    def functions(self) -> Iterator[Function]:
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                yield self._function(node)

    def _function(self, node: ast.FunctionDef) -> Function:
        arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        made = Function(
            f"{self.module}.{node.name}", [one.arg for one in arguments], [], [], [], []
        )
        for one in ast.walk(node):
            for target, value in _assigned(one):
                names = frozenset(n.id for n in ast.walk(target) if isinstance(n, ast.Name))
                made.assigned.append((names, self._made(value)))
            if isinstance(one, ast.Return) and one.value:
                made.returned.append(self._made(one.value))
            if isinstance(one, ast.Call):
                self._read_call(one, made)
        return made

    def _read_call(self, call: ast.Call, made: Function) -> None:
        words = {word.arg: word.value for word in call.keywords if word.arg}
        to = self._called(call)
        if to:
            by_name = {name: self._made(value) for name, value in words.items()}
            made.handed.append((to, [self._made(one) for one in call.args], by_name))
        if not CALLBACKS & set(words):
            return
        for name in ("args", "kwargs", *sorted(CALLBACKS)):
            given = words.get(name)
            # a function by its name is handed nothing
            is_name = name in CALLBACKS and isinstance(given, ast.Name | ast.Attribute)
            if given is not None and not is_name:
                made.presses.append(
                    (call.lineno, f"{name}={ast.unparse(given)}", self._made(given))
                )

    def _called(self, call: ast.Call) -> str:
        if isinstance(call.func, ast.Name):
            return self.names.get(call.func.id, f"{self.module}.{call.func.id}")
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            return f"{self.names.get(call.func.value.id)}.{call.func.attr}"
        return ""

    def _made(self, value: ast.expr) -> Made:
        nodes = list(ast.walk(value))
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        short = [
            one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
            for one in calls
        ]
        return Made(
            frozenset(node.id for node in nodes if isinstance(node, ast.Name)),
            frozenset(self._called(one) for one in calls),
            bool(FIELDS & set(short)),
        )


class Source:
    """All functions of the pages, and what flows between them from the fields."""

    def __init__(self, paths: list[Path]) -> None:
        found = [one for path in paths for one in Reader(path).functions()]
        self.functions = {one.name: one for one in found}
        before = -1
        while (now := sum(len(one.held | one.own) + one.gives for one in found)) != before:
            before = now
            for one in found:
                self._flow(one)

    def _flow(self, one: Function) -> None:
        for held in (one.own, one.held):
            for names, value in one.assigned:
                if self._is(value, held):
                    held |= names
        if one.name not in SUBJECTS:
            one.gives = one.gives or any(self._is(value, one.own) for value in one.returned)
        for name, by_place, by_name in one.handed:
            to = self.functions.get(name)
            if to is not None:
                given = {**dict(zip(to.parameters, by_place, strict=False)), **by_name}
                to.held |= {name for name, value in given.items() if self._is(value, one.held)}

    def _is(self, value: Made, held: set[str]) -> bool:
        """Tell whether a value is made from something filled in."""
        known = (self.functions.get(name) for name in value.functions)
        return value.is_field or bool(value.names & held) or any(to and to.gives for to in known)

    def faults(self) -> Iterator[str]:
        for one in self.functions.values():
            for line, written, value in one.presses:
                if self._is(value, one.held):
                    yield f"{one.name}:{line} {written}"


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter


# what a press is about: which field, file, form or comment it stood beside, never what is filled in
ABOUT = {
    "berorda.contact._ask_contact args=(decision.id, whom, prefix)": "the form is of that area",
    "planera.area_shapes.ask args=(name, n)": "the part of the file beside the box",
    "planera.area_shapes._buttons args=(name, every)": "all parts of the file",
    "planera.area_shapes._buttons args=(name, [])": "the file",
    "planera.fields._draw args=about": "which field, what it showed, and where its value is read",
    "planera.fields.tell args=(draft.decision_id, field, trouble.now, mine)": "both texts shown",
    "planera.fields.tell args=(place,)": "which field",
    "rapport.publicity_texts._show_one args=(decision, found, key)": "that report",
    "shared.widgets.own_comment._ask_note args=(receipt_code, comment.id, key)": "that comment",
    "shared.widgets.own_comment._ask_take_back args=(receipt_code, comment.id)": "that comment",
    "synpunkt.place._ask_without_map args=(comment, field)": "the form itself, not a copy",
    "synpunkt.place._ask_without_map args=(decision, filled, comment, prefix)": "as above",
    "teman.gathering._show_list args=(every, boxes)": "the names of the boxes of the list",
    "teman.gathering._show_list args=(decision.id, keys)": "the names of the boxes of the list",
    "teman.quotes._ask args=(theme, keys)": "the theme whose comments are listed",
}


def test_no_act_is_handed_what_is_filled_in():
    found = {_without_line(one) for one in Source(sorted(PAGES.rglob("*.py"))).faults()}
    assert found == set(ABOUT)


def _without_line(fault: str) -> str:
    name, _, rest = fault.partition(":")
    return f"{name} {rest.partition(' ')[2]}"


BAD = """
import streamlit as st
def _ask():
    return st.selectbox("Vad?", [1, 2], key="a")
def show():
    chosen = _ask()
    both = [chosen]
    _offer(both)
def _offer(given):
    st.button("Gör", on_click=act, args=(given,))
def good():
    st.selectbox("Vad?", [1, 2], key="a")
    st.button("Gör", on_click=act, args=("a",))
"""


def test_what_is_filled_in_is_seen_through_functions_and_names(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_page_presses.PAGES", tmp_path)
    (tmp_path / "prov.py").write_text(BAD, encoding="utf-8")
    assert list(Source([tmp_path / "prov.py"]).faults()) == ["prov._offer:10 args=(given,)"]


def test_each_choice_of_what_a_page_is_about_is_there():
    assert set(Source(sorted(PAGES.rglob("*.py"))).functions) >= SUBJECTS


def test_no_field_drops_a_paste_that_is_too_long():
    """Streamlit takes nothing of a paste over `max_chars`, without a word; the page says it."""
    found = {
        path.relative_to(PAGES).as_posix()
        for path in PAGES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"text_area", "text_input", "chat_input"}
        and "max_chars" in {word.arg for word in node.keywords}
    }
    assert not found


def test_what_is_changed_in_streamlit_is_what_was_read():
    presses.check()


@pytest.mark.parametrize("which", range(3))
def test_a_changed_streamlit_is_told_in_one_sentence(monkeypatch, which: int):
    known = list(presses._KNOWN)
    function, _ = known[which]
    known[which] = (function, "0" * 16)
    monkeypatch.setattr(presses, "_KNOWN", tuple(known))
    with pytest.raises(presses.ChangedError) as fault:
        presses.install()
    assert function.__qualname__ in str(fault.value)
    assert "requirements.lock" in str(fault.value)
