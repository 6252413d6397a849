"""What Microsoft's own schemas, as npm @microsoft/app-manifest brings them, say of our app package."""

import json
from typing import Any

from tests.oracles.installed import node

Json = dict[str, Any]


def problems(manifest: Json, version: str) -> list[str]:
    """What is wrong with an app manifest by the schema of that version; an empty list is one that it takes."""
    return _asked(manifest, version, "MicrosoftTeams")


def language_problems(texts: Json, version: str) -> list[str]:
    """The same for the file of one language beside the manifest."""
    return _asked(texts, version, "MicrosoftTeams.Localization")


def _asked(manifest: Json, version: str, schema: str) -> list[str]:
    given = json.dumps({"version": version, "schema": schema, "manifest": manifest})
    answer: list[str] = json.loads(node("manifest.cjs", given))
    return answer
