"""What the briefing says of an article, in both languages: singular and plural, names, amounts, dates."""

import pytest

import depesje
from depesje import brief
from depesje.brief.wording import amount, date_words, item, published

TEXT = (
    "Toget krysset grensen\n\n"
    "Ifølge analytikere kan Nord-Korea ha titalls millioner artillerigranater. Nord-Koreas hær er stor.\n\n"
    "– Vi har kjøpt minst 13 mil kabel, sier statsminister Kari Lie.\n\n"
    "Kari Lie reiste til Oslo tirsdag."
)
FINDINGS = (
    brief.actors,
    brief.actor_table,
    brief.quantities,
    brief.quantity_table,
    brief.timeline,
    brief.date_table,
    brief.claims,
    brief.claim_table,
)


@pytest.fixture(scope="module")
def found():
    return depesje.extract(TEXT, published="2023-09")


@pytest.fixture(scope="module")
def empty():
    return depesje.extract("Det regner.")


def words(displays):
    return "\n".join(display.markdown().replace("\\", "") for display in displays)


def test_states_have_the_name_of_the_briefings_language(found):
    assert "North Korea" in words(brief.actor_table(found, "en"))
    assert "Nord-Korea" in words(brief.actor_table(found, "nb"))


def test_amounts_are_normalised_with_their_bound(found):
    rows = found.quantities.set_index("text").to_dict("index")
    assert amount(rows["13 mil"], "en") == "at least 130 km"
    assert amount(rows["13 mil"], "nb") == "minst 130 km"
    assert amount(rows["titalls millioner"], "en") == "10–99 million"
    assert amount(rows["titalls millioner"], "nb") == "10–99 millioner"


def test_items_are_glossed_in_english_and_kept_in_norwegian(found):
    row = found.quantities.set_index("text").loc["titalls millioner"].to_dict()
    assert item(row, "en") == "artillery shells"
    assert item(row, "nb") == "artillerigranater"


def test_items_without_a_gloss_stay_norwegian_in_italics():
    found = depesje.extract("Hun solgte 400 snurrebasser og 300 epler.")
    (english,) = brief.quantity_table(found, "en")
    assert '<i lang="nb">snurrebasser</i>' in english.html()
    assert "*snurrebasser*" in english.markdown()
    assert '"foreign": true' in english.typst() or "foreign: true" in english.typst()
    assert "apples" in english.html()
    (norwegian,) = brief.quantity_table(found, "nb")
    assert "<i lang" not in norwegian.html()


def test_open_days_are_told_as_such(found):
    row = found.dates.iloc[0].to_dict()
    assert date_words(row, "en") == "one of 5, 12, 19 or 26 September 2023"
    assert date_words(row, "nb") == "en av 5., 12., 19. eller 26. september 2023"


@pytest.mark.parametrize(
    ("first", "last", "en", "nb"),
    [
        ("2023-09-12", "2023-09-12", "12 September 2023", "12. september 2023"),
        ("2023-07-21", "2023-07-31", "21–31 July 2023", "21.–31. juli 2023"),
        ("2024-02-01", "2024-02-29", "February 2024", "februar 2024"),
        ("1991-01-01", "1991-12-31", "1991", "1991"),
        ("1990-01-01", "1999-12-31", "1990–1999", "1990–1999"),
        ("2023-07-21", "2023-08-03", "21 July – 3 August 2023", "21. juli – 3. august 2023"),
        (
            "2023-12-30",
            "2024-01-02",
            "30 December 2023 – 2 January 2024",
            "30. desember 2023 – 2. januar 2024",
        ),
    ],
)
def test_date_words(first, last, en, nb):
    row = {"date_from": first, "date_to": last, "candidates": None}
    assert (date_words(row, "en"), date_words(row, "nb")) == (en, nb)


@pytest.mark.parametrize(
    ("stated", "en", "nb"),
    [
        ("2023-09-12", "12 September 2023", "12. september 2023"),
        ("2023-09", "September 2023", "september 2023"),
        ("2023", "2023", "2023"),
        (None, "not known", "ikke kjent"),
    ],
)
def test_published(stated, en, nb):
    text = depesje.extract("Det regner.", published=stated)
    assert (published(text, "en"), published(text, "nb")) == (en, nb)


def test_claims_name_their_source(found):
    told = "".join(table.html() for table in brief.claim_table(found, "en"))
    assert "analytikere" in told
    assert "unnamed source" in told
    assert "Kari Lie" in told
    assert "Possible" in told


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("section", FINDINGS, ids=lambda section: section.__name__)
def test_no_section_without_findings(empty, section, language):
    assert section(empty, language) == ()


def test_what_is_not_there_is_said_once(empty):
    told = words(brief.bottom_line(empty, "en"))
    assert "An article of one sentence" in told
    assert "names no person" in told
    assert "attributes nothing" in told
    assert "Det regner." in told


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_mark_has_its_row(found, language):
    rows = {
        row.finding
        for section in (brief.actor_table, brief.quantity_table, brief.date_table, brief.claim_table)
        for table in section(found, language)
        for row in table.rows
    }
    (source,) = brief.source(found, language)
    assert {mark.finding for mark in source.marks} <= rows


@pytest.fixture(scope="module")
def sectioned():
    return depesje.extract(
        "Renten opp\n\nNorges Bank hever renten i juni, sier Kari Lie.\n\nUenighet\n\n"
        "Ola Vik sier at Norges Bank hever renten i juni. Per Moe sier at det regner.\n"
    )


def test_claims_of_several_sources_are_counted_together(sectioned):
    (table,) = brief.claim_table(sectioned, "en")
    also = {row.cells[0].text: row.cells[-1] for row in table.rows}
    assert also == {"Kari Lie": "Ola Vik", "Ola Vik": "Kari Lie", "Per Moe": ""}


def test_actors_are_told_by_section_and_claim(sectioned):
    (table,) = brief.actor_table(sectioned, "en")
    cells = {row.cells[0].text: row.cells for row in table.rows}
    labels = [column.label for column in table.columns]
    mentions, claims = labels.index("Mentions"), labels.index("What it claims")
    assert cells["Norges Bank"][mentions].detail == "§\N{NO-BREAK SPACE}0, 1"
    assert cells["Per Moe"][mentions].detail == "§\N{NO-BREAK SPACE}1"
    assert cells["Per Moe"][claims].text == "det regner"
    assert cells["Per Moe"][claims].detail == "1 claim"
    assert "§ 1 “Uenighet”" in table.note


def test_links_by_a_verb_say_who_says_so():
    found = depesje.extract("Kari Lie sier at Norge støtter Sverige. Ola Vik besøkte Danmark i går.")
    (table,) = brief.relation_table(found, "en")
    links = [(row.cells[0], row.cells[2], row.cells[3], row.cells[4]) for row in table.rows]
    assert ("Norway", "Sweden", "Kari Lie", "asserted") in links
    assert ("Ola Vik", "Denmark", "the article itself", "") in links
