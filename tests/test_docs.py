"""What people read before they run anything: links lead somewhere, and commands are what runs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from data import version
from data.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
# texts that stand beside what they tell of
BESIDE = [
    ROOT / "data/files/1883/README.md",
    ROOT / "pages/locale/README.md",
    ROOT / "tests/README.md",
]
LINK = re.compile(r"\]\(([^)\s]+)\)")
# a file or folder of ours as it is written in a text, whole: no pattern and no place to fill in
NAMED = re.compile(r"`((?:data|geo|pages|tests|deploy|docs)/[\w./-]*|app\.py)`")
# a script or a test on a line of commands
RUN = re.compile(r"(?<=[ (])(?:tests|deploy)/\w+\.(?:py|sh)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _anchors(text: str) -> set[str]:
    """Return the anchors that a reader of Markdown makes of the headings."""
    bare = (re.sub(r"[^\w\s-]", "", one).strip().lower() for one in HEADING.findall(text))
    return {one.replace(" ", "-") for one in bare}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path):
    lost = []
    for link in LINK.findall(_read(path)):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in _anchors(_read(target))):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("path", [*TEXTS, *BESIDE], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_is_named_is_there(path: Path):
    named = {*NAMED.findall(_read(path)), *RUN.findall(_read(path))}
    assert sorted(one for one in named if not (ROOT / one).exists()) == []


def test_readme_is_short_and_leads_to_every_text():
    readme = _read(ROOT / "README.md")
    assert max(len(line) for line in readme.splitlines()) <= 120
    assert "\nbash deploy/run.sh\n" in readme
    assert "\nbash tests/run.sh\n" in readme
    leads = {(ROOT / link.partition("#")[0]).resolve() for link in LINK.findall(readme)}
    assert [path.name for path in TEXTS if path not in leads and path.name != "README.md"] == []


def test_every_setting_is_explained():
    told = _read(ROOT / "docs" / "operating.md")
    names = [name.upper() for name in Settings.model_fields if name != "forwarded_allow_ips"]
    ends = {name: f"`_{name.removeprefix('SMTP_')}`" for name in names}
    assert [n for n in names if f"`DIALOG_{n}`" not in told and ends[n] not in told] == []
    known = {f"DIALOG_{name}" for name in names}
    assert set(re.findall(r"`(DIALOG_\w+)`", told)) <= known


@pytest.mark.parametrize("script", ["deploy/run.sh", "tests/run.sh", ".ci/run"])
def test_a_script_can_be_read_by_bash(script: str):
    subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)


def test_the_checks_before_a_commit_are_those_of_the_tests():
    """But for what takes longer than seconds: the tests themselves, and what is installed."""
    script = _read(ROOT / "tests" / "run.sh")
    checks = re.findall(r"^((?:\.venv/bin/(?!pip|python)|bash )\S.*)$", script, re.MULTILINE)
    hooks = re.findall(r"^ *entry: (.+)$", _read(ROOT / ".pre-commit-config.yaml"), re.MULTILINE)
    assert len(checks) >= 4
    assert hooks == checks


def test_the_map_of_the_tests_is_whole_and_true():
    """Each file with its own first line, so that whoever looks for a test finds it by reading."""
    files = [path for path in (ROOT / "tests").glob("*.py") if path.name != "__init__.py"]
    own = {path.name: _read(path).split("\n", 1)[0].strip('"') for path in files}
    told = re.findall(r"^- `(\w+\.py)`: (.+)$", _read(ROOT / "tests" / "README.md"), re.MULTILINE)
    assert dict(told) == own
    assert len(told) == len(own)


def test_the_newest_version_in_the_changelog_is_this_one():
    changes = _read(ROOT / "CHANGELOG.md")
    headings = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert headings[0] == "Unreleased"
    named, _, day = headings[1].partition(" – ")
    assert named == version.number()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
