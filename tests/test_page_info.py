"""The pages of information: they open on an empty store and say what the rules say."""

from __future__ import annotations

import pytest

from data import rules
from data.affected import affected, per_affected
from data.comments import results, sides
from data.geodata import layers
from pages.shared.session import signed_in
from pages.shared.words import texts
from tests.page_kit import cells, open_page, words

INFO = {
    "metod/page.py": "Så har vi räknat",
    "om.py": "Om tjänsten och kartan",
    "tillganglighet.py": "Tillgänglighet",
    "personuppgifter.py": "Personuppgifter",
}


@pytest.mark.parametrize(("file", "heading"), INFO.items())
def test_each_page_opens_with_one_first_heading(empty_store, file, heading):
    assert [title.value for title in open_page(file).title] == [heading]


def test_the_method_prints_the_bands_of_the_rules(empty_store):
    shown = open_page("metod/page.py")
    table = next(t.value for t in shown.table if t.value.index.name == "Vad förslaget gäller")
    assert len(table) == len(rules.DEFAULT_BANDS)
    for row, limits in zip(table.to_numpy(), rules.DEFAULT_BANDS.values(), strict=True):
        printed = [cell.replace(texts.THIN, "").removesuffix(" m") for cell in row]
        assert printed == ([f"{limit}" for limit in limits] if limits else ["–"] * 3)


def test_the_method_says_the_rules_of_disclosure_and_displacement(empty_store):
    said = words(open_page("metod/page.py"))
    assert f"minst {results.LEAST_PERSONS}" in said
    assert "30–50 meter" in said
    assert "grovt" in said
    assert "inte en omröstning" in said


def test_the_method_tells_from_where_for_against_and_rates_are_said(empty_store):
    shown = open_page("metod/page.py")
    told = next(t.value for t in shown.table if t.value.index.name == "Vad")["Värde"]
    least = told["Områden med färre berörda än så får inget tal per 1 000 berörda"]
    assert least == texts.number(per_affected.LEAST_AFFECTED)
    part = told["För och emot är ungefär lika många om högst så stor del av dem skiljer"]
    assert part == texts.percent(sides.EVEN_PART)
    few = told["För och emot är alltid ungefär lika många om högst så många synpunkter skiljer"]
    assert few == texts.number(sides.EVEN_COMMENTS)


def test_every_source_and_licence_is_named(empty_store):
    printed = "\n".join(cells(open_page("om.py"))).replace("\\", "")
    for credit in layers.credits():
        assert credit.name in printed
        assert credit.source in printed
        assert credit.licence in printed


def test_the_water_is_called_what_it_is_and_the_names_ours(empty_store):
    said = words(open_page("om.py"))
    assert "översvämningsyta vid beräknat 100-årsflöde" in said
    assert "Namnen här är våra" in said
    for other in ("omröstning", "yttrande", "Karlskogaförslag"):
        assert f"Inte en {other}" in said or f"Inte ett {other}" in said or f"Inte {other}" in said


def test_the_statement_has_what_the_law_asks_for(empty_store):
    said = words(open_page("tillganglighet.py"))
    assert "delvis förenlig" in said
    assert "Brister som vi känner till" in said
    assert "https://www.digg.se/tdosanmalan" in said
    assert "23 november 2026" in said


def test_the_notice_names_every_cookie_we_set(empty_store):
    shown = open_page("personuppgifter.py")
    printed = "\n".join(cells(shown)).replace("\\", "")
    assert texts.COOKIE in printed
    assert signed_in.COOKIE in printed
    assert "allmänt intresse" in words(shown)
    assert "allmän handling" in words(shown)


def test_the_method_tells_what_the_fitting_leaves_over(empty_store):
    shown = open_page("metod/page.py")
    table = next(t.value for t in shown.table if t.value.index.name == "Valdistrikt")
    assert len(table) == len(layers.frame("valdistrikt"))
    left = [float(cell.replace(",", ".").replace("−", "-")) for cell in table.iloc[:, 1]]
    assert max(map(abs, left)) < 1


def test_the_worked_example_adds_up_to_what_the_map_says(decision):
    shown = open_page("metod/page.py")
    table = next(t.value for t in shown.table if "Vägt" in t.value.columns)
    row = affected.for_decision(decision, "deso").sort_values("affected").iloc[-1]
    number = table.loc["Summa", "Vägt"].replace(texts.THIN, "")
    assert number == str(affected.to_ten(row["affected"]))
    products = [
        float(people.replace(texts.THIN, "")) * float(weight.replace(",", "."))
        for people, weight in zip(table["Personer"][:-1], table["Vikt"][:-1], strict=True)
    ]
    assert sum(products) == pytest.approx(row["affected"], abs=15)


def test_without_a_proposal_there_is_no_example(empty_store):
    assert "steg för steg" not in words(open_page("metod/page.py"))
