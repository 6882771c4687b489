"""Templates: what is put in is escaped, what is missing is an error, and HTML has no other way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from data.output import document
from pages.shared import templates
from pages.shared.folders import PAGES, TEMPLATES
from pages.shared.maps import painter
from pages.web.site import report_html

HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}{% raw %}"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;{{ 7 * 7 }}{% raw %}"
FILES = sorted(path.name for path in TEMPLATES.iterdir())
# these draw SVG, or put finished markup into what others rendered; none holds a word of anybody
DRAWN = {
    PAGES / "web" / "site" / "headers.py",
    PAGES / "web" / "site" / "report_html.py",
    PAGES / "shared" / "maps" / "read_only.py",
}
_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>/]")


def test_a_text_is_words_wherever_it_is_put():
    row = str(templates.piece(templates.ON_PAGES, "anchor", HOSTILE, HOSTILE))
    assert row == f'<a href="{ESCAPED}">{ESCAPED}</a>'


def test_markup_of_ours_is_put_in_as_it_is():
    inside = templates.piece(templates.ON_PAGES, "anchor", "/", "Hem")
    assert str(inside) in templates.piece("plain_parts.html", "kept", inside)


def test_lines_of_a_text_are_kept_and_its_signs_are_words():
    assert templates.lines("a<b\nc") == Markup("a&lt;b<br>c")


def test_a_name_on_a_map_is_words_and_so_is_what_the_map_is_called():
    label = painter.label(HOSTILE, 1, 2, painter.Letters(20))
    assert label.endswith(f">{ESCAPED}</text>")
    assert label in painter.paper(10, 10, [label])
    assert f'aria-label="{ESCAPED}"' in painter.screen(HOSTILE, "0 0 1 1", "mark", [])


def test_a_shape_without_an_edge_or_a_path_is_no_more_than_it_needs():
    assert painter.shape("M0 0Z", painter.Look("#FFFFFF")) == '<path d="M0 0Z" fill="#FFFFFF"/>'
    assert painter.shape("", painter.Look("#FFFFFF")) == ""


def test_what_nobody_gave_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        templates.page("plain_page.html", lang="sv")
    with pytest.raises(jinja2.UndefinedError):
        templates.piece(templates.ON_PAGES, "anchor", "/")


@pytest.mark.parametrize("file", FILES)
def test_every_template_can_be_read(file: str):
    templates._environment().get_template(file)


def test_every_block_of_a_document_is_drawn():
    kinds = set(document.Block.__args__)
    assert kinds == {*report_html.MACROS, document.Figure}
    drawn = templates._environment().get_template(report_html.BLOCKS).module
    assert all(hasattr(drawn, name) for name in report_html.MACROS.values())


def test_only_one_place_makes_templates_run():
    for path in PAGES.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        is_ours = path == Path(templates.__file__)
        assert ("Environment" in named) == is_ours, path


def _built(path: Path) -> list[str]:
    """Return the f-strings of a file that hold a tag."""
    tree = ast.parse(path.read_text("utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said = "".join(
                part.value if isinstance(part, ast.Constant) else "1" for part in node.values
            )
            if _TAG.search(said):
                found.append(f"{path.name}:{node.lineno} {said[:60]}")
    return found


def test_no_html_is_built_from_pieces_of_text():
    found = {one for path in PAGES.rglob("*.py") if path not in DRAWN for one in _built(path)}
    assert found == set()


def test_nothing_is_called_safe_that_may_hold_what_somebody_wrote():
    for path in TEMPLATES.iterdir():
        for line in path.read_text("utf-8").splitlines():
            if "|safe" in line:
                assert "'|safe" in line, f"{path.name}: only what the template itself says"
    for path in PAGES.rglob("*.py"):
        assert "html.escape" not in path.read_text("utf-8"), path
