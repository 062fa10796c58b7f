"""PDF: what the text of pages is: no running heads, columns in turn, tables in rows, paragraphs over page ends."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_app.model.reading import BlockKind, Reading
from briefing_app.readers import read
from tests.readers.build import Placed, drawn
from tests.readers.test_read import check_form

VOCABULARY = "the port of Velsk was closed for nine days after a fire broke out on board an oil tanker and".split()


def prose(seed: int, count: int, width: int = 80) -> list[str]:
    """Lines of words, each about ``width`` letters long, that never end a sentence but in the last."""
    chance = random.Random(seed)
    lines = []
    for _ in range(count):
        line = ""
        while len(line) < width - 8:
            line += chance.choice(VOCABULARY) + " "
        lines.append(line.strip())
    return [*lines[:-1], lines[-1] + "."]


def column(lines: list[str], left: float = 72, top: float = 740) -> list[Placed]:
    return [(left, top - 13 * number, line) for number, line in enumerate(lines)]


def pages_of(count: int) -> list[list[Placed]]:
    return [column([f"Page text {chr(97 + number)} begins.", *prose(number, 8)]) for number in range(count)]


def blocks(reading: Reading, kind: BlockKind) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks if block.kind is kind]


def test_heads_feet_and_page_numbers_leave_the_text() -> None:
    pages = pages_of(7)
    for number, page in enumerate(pages, 12):
        even = number % 2 == 0
        page.insert(0, (72 if even else 300, 800, "Northern Review" if even else "Ships and ports"))
        page.append((300, 40, f"- {number} -"))
        page.append((72, 28, f"Printed on 14 November 2026 for member 4411, sheet {number}"))
    reading = read(drawn(pages), "a.pdf")
    check_form(reading)
    assert "Northern Review" not in reading.text
    assert "Printed on" not in reading.text
    assert "- 13 -" not in reading.text
    assert reading.text.count("Page text") == 7
    for span, name in zip(reading.pages, "abcdefg", strict=True):
        assert reading.text[span.start : span.end].startswith(f"Page text {name} begins.")


def test_what_stands_once_or_elsewhere_stays() -> None:
    pages = pages_of(4)
    titles = ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4"]
    for page, title in zip(pages, titles, strict=True):
        page.insert(0, (72, 770, title))
    pages[0].insert(0, (72, 800, "A title of its own"))
    pages[1].append((72, 300, "Northern Review"))
    pages[2].append((72, 400, "Northern Review"))
    text = read(drawn(pages, large=frozenset(titles)), "a.pdf").text
    assert all(title in text for title in [*titles, "A title of its own"])
    assert text.count("Northern Review") == 2


def test_pages_of_nothing_but_numbers_keep_them() -> None:
    reading = read(drawn([[(300, 40, f"{number}/3")] for number in (1, 2, 3)]), "a.pdf")
    assert not reading.no_text
    assert "2/3" in reading.text


def test_the_head_of_a_table_on_every_page_stays() -> None:
    pages: list[list[Placed]] = []
    for number in range(3):
        rows = [("Port", "Ships", "Tonnes"), *((f"P{number}{row}", f"{row}", f"{row * 7}") for row in range(12))]
        pages.append([(72 + 120 * at, 780 - 13 * n, cell) for n, row in enumerate(rows) for at, cell in enumerate(row)])
    reading = read(drawn(pages), "a.pdf")
    assert reading.text.count("Port\tShips\tTonnes") == 3


def test_columns_drawn_line_by_line_are_read_one_after_another() -> None:
    left, right = prose(1, 12, 44), prose(2, 12, 44)
    across: list[Placed] = [
        place
        for number, (one, other) in enumerate(zip(left, right, strict=True))
        for place in ((60, 700 - 12 * number, one), (320, 700 - 12 * number, other))
    ]
    page: list[Placed] = [(60, 740, "A heading over both columns"), *across]
    reading = read(drawn([page]), "a.pdf")
    check_form(reading)
    assert reading.text == f"A heading over both columns\n\n{' '.join(left)}\n\n{' '.join(right)}"


def test_tables_keep_their_rows_and_cells() -> None:
    rows = [["Berth", "October", "November"], ["North", "41", "12"], ["South", "", "38"], ["Old quay", "9", "10"]]
    placed = [
        (80 + 130 * at, 600 - 15 * number, cell)
        for number, row in enumerate(rows)
        for at, cell in enumerate(row)
        if cell
    ]
    reading = read(drawn([[*column(prose(3, 4)), *placed, *column(prose(4, 4), top=500)]]), "a.pdf")
    check_form(reading)
    assert blocks(reading, BlockKind.TABLE) == ["Berth\tOctober\tNovember\nNorth\t41\t12\nSouth\t\t38\nOld quay\t9\t10"]
    assert len(blocks(reading, BlockKind.PARAGRAPH)) == 2


def test_numbered_lists_are_no_tables() -> None:
    items: list[Placed] = [(72, 700 - 14 * n, f"{n + 1}.") for n in range(4)] + [
        (110, 700 - 14 * n, f"Point number {n}.") for n in range(4)
    ]
    items.sort(key=lambda place: (-place[1], place[0]))
    reading = read(drawn([items]), "a.pdf")
    assert blocks(reading, BlockKind.LIST_ITEM) == [f"{n + 1}. Point number {n}." for n in range(4)]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first, second = prose(5, 10), prose(6, 6)
    whole = [*first[:-1], first[-1].rstrip(".") + " and a govern-"]
    pages = [column(whole), column(["ment that fell " + second[0], *second[1:]])]
    for number, page in enumerate(pages, 1):
        page.append((300, 40, f"Page {number} of 2"))
    reading = read(drawn(pages), "a.pdf")
    check_form(reading)
    assert len(reading.blocks) == 1
    assert " and a government that fell " in reading.text
    one, other = reading.pages
    assert reading.text[: one.end].endswith(" and a govern")
    assert reading.text[other.start :].startswith("ment that fell ")


def test_hyphens_at_line_ends_are_kept_where_the_word_has_one() -> None:
    lines = [
        "The long-range radar, a short-term fix, is Anglo-",
        "American and COVID-",
        "19 did not stop the long-",
        "distance flights; in 2020-",
        "2021 the ground-based sta-",
        "tion, its range a distance that flights, the short-",
        "range ones, seldom crossed, was closed by the or-",
        "der of the ministry.",
    ]
    text = read(drawn([column(lines)]), "a.pdf").text
    for words in ("Anglo-American", "COVID-19", "long-distance", "2020-2021", "station", "short-range", "order of"):
        assert words in text


@given(st.integers(0, 10_000), st.integers(1, 6), st.booleans())
@settings(max_examples=25)
def test_no_word_of_the_body_is_lost(seed: int, count: int, headed: bool) -> None:
    """Every word drawn between the edges is in the text, on its page, in its order."""
    bodies = [prose(seed + number, 3 + (seed + number) % 9) for number in range(count)]
    pages = [column(body) for body in bodies]
    for number, page in enumerate(pages, 1):
        if headed:
            page.insert(0, (72, 810, "Northern Review"))
            page.append((500, 30, str(number)))
    reading = read(drawn(pages), "a.pdf")
    check_form(reading)
    for body, span in zip(bodies, reading.pages, strict=True):
        found = reading.text[span.start : span.end].split()
        wanted = " ".join(body).split()
        assert found == wanted if headed and count > 2 else set(wanted) <= set(found)
