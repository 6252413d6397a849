"""What people type is compared without case and accents, and in every way of writing an umlaut."""

import pytest

from prompts.spelling import numbered, plain, spellings, typed


@pytest.mark.parametrize(
    ("words", "compared"),
    [
        ("Prochaine Année", "prochaine annee"),
        ("prochaine anne\u0301e", "prochaine annee"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("aujourd’hui", "aujourd'hui"),
        ("cœur", "coeur"),
        ("14\u202fh", "14 h"),
        ("Mañana", "manana"),
        ("27. November", "27. november"),
        ("", ""),
    ],
)
def test_words_are_compared_plainly(words: str, compared: str) -> None:
    assert plain(words) == compared
    assert plain(compared) == compared


def test_an_umlaut_is_typed_in_two_ways() -> None:
    assert spellings("März") == ("marz", "maerz")
    assert spellings("nächsten") == spellings("na\u0308chsten") == ("nachsten", "naechsten")
    assert spellings("Monday") == ("monday",)


def test_a_vocabulary_stands_in_every_spelling() -> None:
    words = {"übermorgen": 2, "in": ["für", "in"], "same": {"Täglich": "jeden Tag"}}
    assert typed(words) == {
        "ubermorgen": 2,
        "uebermorgen": 2,
        "in": ("fur", "fuer", "in"),
        "same": {"taglich": "jeden tag", "taeglich": "jeden tag"},
    }


def test_names_in_order_are_numbers_and_some_have_several() -> None:
    assert numbered(["Montag", ["Samstag", "Sonnabend"]], ["Mo", "Sa"]) == {
        "montag": 0,
        "samstag": 1,
        "sonnabend": 1,
        "mo": 0,
        "sa": 1,
    }
    assert numbered(["Jänner"], start=1) == {"janner": 1, "jaenner": 1}
