"""The app package for Teams: what an administrator uploads, for one deployment."""

import io
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.entrances import ADD, ASSIGN
from prompts.library import DEFAULT_LANGUAGE, Library, libraries

Json = dict[str, Any]
# The version that Microsoft's own templates have used since February 2026; older clients read it as well.
SCHEMA_VERSION = "1.25"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
LANGUAGE_SCHEMA = SCHEMA.replace("MicrosoftTeams.", "MicrosoftTeams.Localization.")
PLACEHOLDER = "https://oneonone.example.com"
ACCENT = "#1f4e4a"
# Teams shows ten commands of a list for certain. In a channel a verb counts only with a mention, and what it shows
# comes to the person's own chat, so few make sense there.
PERSONAL_VERBS = ("home", "add", "schedule", "prepare", "note", "action", "actions", "start", "wrap_up", "help")
SHARED_VERBS = ("home", "add", "start", "help")
_ICONS = ("color.png", "outline.png")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def package(*, app_id: str, public_url: str | None = None, languages: Mapping[str, Library] | None = None) -> bytes:
    """The zip file to upload; the same for the same release, app and address."""
    known = languages or libraries()
    content = {"manifest.json": _text(manifest(app_id=app_id, public_url=public_url, languages=known))}
    for language in _others(known):
        content[f"{language}.json"] = _text(translation(known[language]))
    content |= {name: files("adapters.teams").joinpath("icons", name).read_bytes() for name in _ICONS}
    return _zipped(content)


def manifest(*, app_id: str, public_url: str | None, languages: Mapping[str, Library]) -> Json:
    """The manifest in the default language; ``public_url`` is where people can read about this deployment."""
    library = languages[DEFAULT_LANGUAGE]
    home = public_url or PLACEHOLDER
    return {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": version("oneonone"),
        "id": app_id,
        "developer": {"name": "OneOnOne", "websiteUrl": home, "privacyUrl": home, "termsOfUseUrl": home},
        "name": {"short": "OneOnOne", "full": "OneOnOne: 1-on-1s where you work"},
        "description": {"short": library.say("package.short", {}), "full": library.say("package.full", {})},
        "localizationInfo": _localization(languages),
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "bots": [_bot(app_id, library)],
        "composeExtensions": [{"botId": app_id, "commands": _message_actions(library)}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(public_url).netloc] if public_url else [],
    }


def translation(library: Library) -> Json:
    """The manifest's texts in another language, each under the place where it stands there."""
    lists = enumerate(_command_lists(library))
    commands = {
        f"bots[0].commandLists[{place}].commands[{number}].{part}": command[part]
        for place, each in lists
        for number, command in enumerate(each["commands"])
        for part in ("title", "description")
    }
    actions = {
        f"composeExtensions[0].commands[{number}].{part}": action[part]
        for number, action in enumerate(_message_actions(library))
        for part in ("title", "description")
    }
    return {
        "$schema": LANGUAGE_SCHEMA,
        "name.short": "OneOnOne",
        "description.short": library.say("package.short", {}),
        "description.full": library.say("package.full", {}),
        **commands,
        **actions,
    }


def _localization(languages: Mapping[str, Library]) -> Json:
    others = [{"languageTag": language, "file": f"{language}.json"} for language in _others(languages)]
    return {"defaultLanguageTag": DEFAULT_LANGUAGE, **({"additionalLanguages": others} if others else {})}


def _others(languages: Mapping[str, Library]) -> list[str]:
    return sorted(language for language in languages if language != DEFAULT_LANGUAGE)


def _bot(app_id: str, library: Library) -> Json:
    return {
        "botId": app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": False,
        "supportsCalling": False,
        "supportsVideo": False,
        "commandLists": _command_lists(library),
    }


def _command_lists(library: Library) -> list[Json]:
    return [
        {"scopes": ["personal"], "commands": _commands(library, PERSONAL_VERBS)},
        {"scopes": ["team", "groupChat"], "commands": _commands(library, SHARED_VERBS)},
    ]


def _commands(library: Library, verbs: Sequence[str]) -> list[Json]:
    return [{"title": library.verbs[verb][0], "description": library.say(f"help.verbs.{verb}", {})} for verb in verbs]


def _message_actions(library: Library) -> list[Json]:
    """Entries in the menu of a message."""
    names = {ADD: "add", ASSIGN: "assign"}
    return [
        {
            "id": command,
            "type": "action",
            "context": ["message"],
            "title": library.say(f"package.{name}", {}),
            "description": library.say(f"package.{name}_why", {}),
            "fetchTask": True,
        }
        for command, name in names.items()
    ]


def _text(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _zipped(content: Mapping[str, bytes]) -> bytes:
    """A zip file without the moment it was made, so that the same content gives the same bytes."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for name, part in content.items():
            file.writestr(ZipInfo(name, _EARLIEST), part, ZIP_DEFLATED)
    return whole.getvalue()
