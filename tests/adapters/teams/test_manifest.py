"""The app package is one that Microsoft's schema accepts, names what the bot knows, and has icons as Teams wants."""

import io
import json
import struct
import zlib
from importlib.resources import files
from zipfile import ZipFile

import pytest

from adapters.entrances import ADD, ASSIGN
from adapters.teams.manifest import PERSONAL_VERBS, SCHEMA_VERSION, SHARED_VERBS, manifest, package, translation
from bot.features import registry
from prompts.library import Library, PseudoLibrary, libraries
from tests.adapters.teams.drawn_icons import ICONS, Pixel, drawn
from tests.oracles.manifest import Json, language_problems, problems

APP = "11111111-2222-3333-4444-555555555555"
URL = "https://talks.example.org"
TWO_LANGUAGES: dict[str, Library] = {"en": Library("en"), "xx": PseudoLibrary("en")}


def made(public_url: str | None = URL) -> Json:
    return manifest(app_id=APP, public_url=public_url, languages=libraries())


@pytest.mark.parametrize("public_url", [None, URL])
def test_microsofts_schema_takes_the_manifest(public_url: str | None) -> None:
    assert problems(made(public_url), SCHEMA_VERSION) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"manifestVersion": "1.2"},
        {"id": "oneonone"},
        {"name": {"full": "OneOnOne"}},
        {"description": {"short": "x" * 81, "full": "x"}},
        {"bots": [{"botId": APP, "scopes": ["groupchat"]}]},
        {"accentColor": "green"},
        {"commands": []},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_microsofts_schema_refuses_a_manifest_with_a_fault(fault: Json) -> None:
    assert problems({**made(), **fault}, SCHEMA_VERSION)


def test_the_texts_of_another_language_lie_beside_the_manifest() -> None:
    packed = ZipFile(io.BytesIO(package(app_id=APP, languages=TWO_LANGUAGES)))
    main, other = (json.loads(packed.read(name)) for name in ("manifest.json", "xx.json"))
    assert main["localizationInfo"]["additionalLanguages"] == [{"languageTag": "xx", "file": "xx.json"}]
    assert problems(main, SCHEMA_VERSION) == []
    assert language_problems(translation(Library("en")), SCHEMA_VERSION) == []
    assert all("⟦" in text for key, text in other.items() if key.endswith("description"))


@pytest.mark.parametrize("language", [language for language in libraries() if language != "en"])
def test_every_language_that_ships_fits_and_offers_what_the_bot_understands_in_it(language: str) -> None:
    library = libraries()[language]
    texts = translation(library)
    assert language_problems(texts, SCHEMA_VERSION) == []
    places = {key for key in texts if key.startswith("bots[0].") and key.endswith("title")}
    assert {texts[key] for key in places} <= {way for ways in library.verbs.values() for way in ways}
    assert texts["description.full"] != made()["description"]["full"]


def test_what_is_shipped_is_in_the_package() -> None:
    packed = ZipFile(io.BytesIO(package(app_id=APP, public_url=URL)))
    translations = {f"{language}.json" for language in libraries() if language != "en"}
    assert set(packed.namelist()) == {"manifest.json", "color.png", "outline.png", *translations}
    assert json.loads(packed.read("manifest.json")) == made()
    assert packed.testzip() is None


def test_the_same_release_makes_the_same_package() -> None:
    assert package(app_id=APP) == package(app_id=APP)


def test_every_command_is_a_verb_that_the_bot_understands() -> None:
    known = registry().verbs
    ways = {way for verb in known for way in Library("en").verbs[verb]}
    lists = made()["bots"][0]["commandLists"]
    assert {command["title"] for each in lists for command in each["commands"]} <= ways
    assert {*PERSONAL_VERBS, *SHARED_VERBS} <= known.keys()
    assert len(lists) <= 3
    assert all(len(each["commands"]) <= 10 for each in lists)


def test_the_message_actions_are_those_that_the_bot_answers() -> None:
    [extension] = made()["composeExtensions"]
    commands = extension["commands"]
    assert [each["id"] for each in commands] == [ADD, ASSIGN]
    assert all((each["context"], each["fetchTask"]) == (["message"], True) for each in commands)
    assert commands[0]["title"] in Library("en").texts["help.message"]


def test_only_the_deployments_own_domain_is_named() -> None:
    assert made()["validDomains"] == ["talks.example.org"]
    assert made(None)["validDomains"] == []


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_the_drawing_of_its_script(name: str) -> None:
    size, _ = ICONS[name]
    rows = read(files("adapters.teams").joinpath("icons", name).read_bytes())
    assert (len(rows), {len(row) for row in rows}) == (size, {size})
    assert rows == drawn(name)


def test_the_outline_is_white_on_nothing() -> None:
    pixels = [pixel for row in drawn("outline.png") for pixel in row]
    assert {pixel[:3] for pixel in pixels} == {(255, 255, 255)}
    assert {0, 255} <= {pixel[3] for pixel in pixels}
    assert all(row[0][3] == row[-1][3] == 0 for row in drawn("outline.png"))


def test_the_color_icon_fills_its_square_and_keeps_its_symbol_inside() -> None:
    rows = drawn("color.png")
    assert all(pixel[3] == 255 for row in rows for pixel in row)
    ground = rows[0][0]
    symbol = [(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel != ground]
    assert all(36 <= side < 156 for place in symbol for side in place)


def read(file: bytes) -> list[list[Pixel]]:
    """The pixels of a PNG of ours: eight bits, an alpha channel, no filters."""
    width, height, *kind = struct.unpack(">IIBBBBB", file[16:29])
    assert kind == [8, 6, 0, 0, 0]
    length = struct.unpack(">I", file[33:37])[0]
    lines = zlib.decompress(file[41 : 41 + length])
    step = 1 + 4 * width
    rows = [lines[start + 1 : start + step] for start in range(0, height * step, step)]
    return [[(row[x], row[x + 1], row[x + 2], row[x + 3]) for x in range(0, len(row), 4)] for row in rows]
