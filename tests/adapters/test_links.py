"""Links that are over after a day: who made them, for whom, until when, and nothing that is not one of ours."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import Fernet

from adapters.links import GOOD_FOR, Outside, SignedLinks
from bot.model.ids import OrganizationId, PersonId

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
KEY, ANOTHER = b"k" * 32, b"a" * 32
OURS = OrganizationId("o000000000000000000001")
THEIRS = OrganizationId("o000000000000000000002")
ANA = PersonId("p000000000000000000001")
URL = "https://bot.example.org/chat"


@dataclass
class Desk:
    """Where links are made and opened, and its clock."""

    keys: Sequence[bytes] = (KEY,)
    organization: OrganizationId = OURS
    at: datetime = NOON
    url: str | None = URL
    links: SignedLinks = field(init=False)

    def __post_init__(self) -> None:
        self.links = SignedLinks(
            self.keys, organization=self.organization, outside=Outside(self.url), now=lambda: self.at
        )

    def token(self) -> str:
        """That of a link for Ana."""
        link = self.links.report(ANA)
        assert link is not None
        return link.rpartition("/")[2]

    def opens(self, token: str, *, later: timedelta = timedelta()) -> PersonId | None:
        """Whose link it is, so much later than it was made."""
        self.at = NOON + later
        found = self.links.opened(token)
        return found[0] if found else None


def test_a_link_names_who_may_read_and_until_when() -> None:
    desk = Desk()
    assert desk.links.opened(desk.token()) == (ANA, NOON + GOOD_FOR)


def test_it_says_what_was_looked_at() -> None:
    link = Desk().links.report(ANA, days=90, department="d&p/1 ü")
    assert link is not None
    parts = urlsplit(link)
    assert link.startswith(f"{URL}/report/")
    assert parse_qs(parts.query) == {"days": ["90"], "department": ["d&p/1 ü"]}
    assert "?" not in (Desk().links.report(ANA) or "?")


def test_without_a_public_address_there_is_none() -> None:
    assert Desk(url=None).links.report(ANA) is None


def test_it_is_over_a_second_after_its_day() -> None:
    desk = Desk()
    token = desk.token()
    assert desk.opens(token, later=GOOD_FOR) == ANA
    assert desk.opens(token, later=GOOD_FOR + SECOND) is None
    assert desk.opens(token, later=timedelta(days=400)) is None


def test_one_from_the_future_opens_nothing() -> None:
    desk = Desk()
    assert desk.opens(desk.token(), later=-timedelta(hours=1)) is None


def test_no_character_of_it_can_be_changed() -> None:
    desk = Desk()
    token = desk.token()
    for place, was in enumerate(token):
        changed = f"{token[:place]}{'A' if was != 'A' else 'B'}{token[place + 1 :]}"
        assert desk.opens(changed) is None, place
    for other in (token[:-1], token[4:], f"{token}AAAA", token[::-1]):
        assert desk.opens(other) is None


@pytest.mark.parametrize(
    "token", ["", "A", "=", "gAAAAA", "ä" * 140, "A" * 140, "A" * 5000, "../../etc/passwd", "\x00"]
)
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert Desk().opens(token) is None


def test_another_organizations_link_opens_nothing_here() -> None:
    assert Desk().opens(Desk(organization=THEIRS).token()) is None


def test_another_installations_link_opens_nothing_here() -> None:
    assert Desk().opens(Desk(keys=(ANOTHER,)).token()) is None


def test_links_live_on_while_keys_rotate() -> None:
    before = Desk()
    token = before.token()
    rotated = Desk(keys=(ANOTHER, KEY))
    assert rotated.opens(token) == ANA
    assert before.opens(rotated.token()) is None
    assert Desk(keys=(ANOTHER,)).opens(token) is None


def test_the_master_key_itself_makes_no_link() -> None:
    forged = Fernet(urlsafe_b64encode(KEY)).encrypt_at_time(f"{OURS} {ANA}".encode(), int(NOON.timestamp()))
    assert Desk().opens(forged.decode().rstrip("=")) is None


def test_nothing_can_be_read_in_it() -> None:
    token = Desk().token()
    inside = urlsafe_b64decode(token + "==")
    assert ANA.encode() not in inside
    assert OURS.encode() not in inside
    assert token.replace("-", "").replace("_", "").isalnum()
