"""Which font prints a letter, how words are shaped and ordered, and what no font has."""

import pytest

from commission_app import paths
from commission_app.documents import bidi, fonts
from commission_app.documents.text import Line, break_lines, fit, paragraphs, sans, serif

SANS = fonts.Face("sans")
PLAIN = sans(10, 14)


def files(text: str, face: fonts.Face = SANS) -> list[tuple[str, str]]:
    return [(run.font.fontName, run.text) for run in fonts.shaped(text, face, False)]


def words(line: Line) -> str:
    return line.text


def test_each_letter_takes_the_first_font_that_has_it() -> None:
    assert files("Tainan(臺南)Київ") == [
        ("NotoSans-Regular", "Tainan("),
        ("wqy-microhei", "臺南"),
        ("NotoSans-Regular", ")Київ"),
    ]


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Nguyễn", "NotoSerif-Bold"),
        ("Екатеринбург", "NotoSerif-Bold"),
        ("Θεσσαλονίκη", "NotoSerif-Bold"),
        ("दिल्ली", "NotoSansDevanagari-Bold"),
        ("กรุงเทพ", "NotoSansThai-Bold"),
        ("القاهرة", "NotoSansArabic-Bold"),
        ("חיפה", "NotoSansHebrew-Bold"),
        ("কলকাতা", "NotoSansBengali-Bold"),
        ("சென்னை", "NotoSansTamil-Regular"),
        ("서울つくば深圳", "wqy-microhei"),
    ],
)
def test_bold_words_use_a_bold_font_or_are_thickened(text: str, font: str) -> None:
    (run,) = fonts.shaped(text, fonts.Face("serif", bold=True), bidi.has_right_to_left(text))
    assert run.font.fontName == font
    assert run.thicken is not font.endswith("Bold")


def test_marks_stay_with_their_letter() -> None:
    assert files("Q\u0302\u0323") == [("NotoSans-Regular", "Q\u0302\u0323")]
    assert list(fonts.clusters("e\u0301xเชียงน้ำ")) == ["e\u0301", "x", "เชี", "ย", "ง", "น้ำ"]


def test_devanagari_is_shaped() -> None:
    (run,) = fonts.shaped("क्षि", SANS, False)
    letters = sum(fonts.shaped(letter, SANS, False)[0].width for letter in "कष")
    assert run.torn
    assert len(run.printed) < len("क्षि")
    assert run.width < letters


def test_arabic_letters_join_and_run_from_right_to_left() -> None:
    (run,) = fonts.shaped("محمد", SANS, True)
    apart = {fonts.shaped(letter, SANS, True)[0].printed for letter in "محمد"}
    assert len(run.printed) == 4
    assert not apart & set(run.printed), "each letter has its joined form"
    assert fonts.shaped("دم", SANS, True)[0].printed[-1] == "د", "the first letter stands on the right"


def test_a_missing_character_is_named() -> None:
    assert fonts.missing_characters(["Ann 😀", "Tainan 臺南 दिल्ली القاهرة กรุงเทพ", "\U00013000 😀"]) == (
        "😀",
        "\U00013000",
    )
    assert fonts.missing_sentence("😀") == 'No font has the character "😀" (U+1F600, GRINNING FACE).'
    assert fonts.missing_characters(["a\u200bb\u200cc\u00a0d\te\nf\u3000"]) == ()


def test_text_is_composed_and_freed_of_controls() -> None:
    assert fonts.clean("Hue\u0302\u0301\r\nx\ty") == "Huế\nx y"
    assert fonts.clean("a\u202eb\u2066c\x00d\ufeff") == "abcd"
    assert fonts.clean("می\u200cخواهم") == "می\u200cخواهم"
    assert fonts.clean("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Haifa (חיפה) 2026", "Haifa (הפיח) 2026"),
        ("see תל אביב (יפו) now", "see (ופי) ביבא לת now"),
        ("شارع 12", "12 عراش"),
        ("شارع (abc) شارع", "عراش (abc) عراش"),
        ("abc (def شارع) شارع", "abc (def عراش) عراش"),
        ("plain (text) 3", "plain (text) 3"),
        ("אב 1,5% גד", "דג 1,5% בא"),
    ],
)
def test_words_of_mixed_direction_are_ordered(text: str, seen: str) -> None:
    swap = str.maketrans("()", ")(")
    levels = bidi.levels(text)
    drawn = [
        letter.translate(swap) if level % 2 else letter for letter, level in zip(text, levels, strict=True)
    ]
    assert "".join(bidi.in_visual_order(drawn, levels)) == seen


def test_a_name_does_not_pull_the_next_part_round() -> None:
    levels = bidi.levels_of_parts(["محمد علي", ", 5 minutes"])
    assert levels == [1] * 8 + [0] * 11


def test_lines_break_at_spaces_and_keep_every_letter() -> None:
    text = "To ask for an accommodation, call (408) 555-0142 or write by noon on Wednesday."
    lines = break_lines([(text, PLAIN)], 120)
    assert all(line.width <= 120 for line in lines)
    assert " ".join(map(words, lines)) == text
    assert len(lines) == 4


def test_long_names_break_behind_the_hyphen() -> None:
    lines = break_lines([("Alexandria Montgomery-Featherstonehaugh", PLAIN)], 120)
    assert list(map(words, lines)) == ["Alexandria Montgomery-", "Featherstonehaugh"]


def test_a_word_wider_than_the_line_is_broken_between_letters() -> None:
    lines = break_lines([("e\u0327\u0301" * 40 + "x" * 500, PLAIN)], 80)
    assert all(line.width <= 80.5 for line in lines)
    assert "".join(map(words, lines)) == fonts.clean("e\u0327\u0301" * 40 + "x" * 500)
    assert not any(words(line)[0] == "\u0301" for line in lines)


def test_chinese_breaks_anywhere_but_before_a_comma() -> None:
    lines = break_lines([("臺南市政府，深圳市。" * 6, PLAIN)], 101)
    assert len(lines) > 5
    assert not any(words(line)[0] in "，。" for line in lines)


def test_styles_may_change_within_a_word() -> None:
    lines = break_lines([("Papers", PLAIN.bold()), (". Given", PLAIN), (" late", PLAIN.italic())], 500)
    assert [run.glyphs.font.fontName for run in lines[0].runs if run.glyphs.text.strip()] == [
        "NotoSans-Bold", "NotoSans-Regular", "NotoSans-Regular", "NotoSans-Italic",
    ]  # fmt: skip


def test_running_titles_are_cut_with_an_ellipsis_to_one_line() -> None:
    line = fit("A very long title that will never stand on one line", serif(8, 10), 100)
    assert line.width <= 100
    assert words(line).endswith("…")
    assert words(fit("Short", serif(8, 10), 100)) == "Short"
    assert fit("", serif(8, 10), 100).width == 0


def test_typed_paragraphs_are_kept_apart() -> None:
    assert paragraphs(" one\n\n two \u2028three\n") == ["one", "two", "three"]


def test_every_font_has_its_licence_and_origin() -> None:
    folder = paths.resource("fonts")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "Apache License" in (folder / "Apache-2.0.txt").read_text(encoding="utf-8")
    for font in [*folder.glob("*.ttf"), *folder.glob("*.ttc")]:
        script = font.stem.removeprefix("NotoSans").split("-")[0]
        assert font.stem.split("-")[0] in readme or script in readme
        if font.suffix == ".ttc":
            assert "wqy-microhei.ttc" in readme
