"""The invented organization of the playground, as far as it works in Teams."""

from adapters.playground.demo_people import DOMAIN, email
from adapters.playground.teams_people import Team, TeamsChannel, TeamsTenant, TeamsUser

TENANT = TeamsTenant(id="6c1f5a52-2f0e-4f4c-9a55-6f1de21b2a01", name="Brightwater")
APP_ID = "3f0a7f0e-6a58-4a5e-8a34-0d7a4f6f2b10"


def _works_here(number: int, first: str, last: str, title: str, zone: str) -> TeamsUser:
    return TeamsUser(
        id=f"0b5e7a10-0000-4000-8000-{number:012d}",
        name=f"{first} {last}",
        email=email(first, last),
        upn=f"{first.lower()}@{DOMAIN}",
        zone=zone,
        title=title,
    )


# Cleo and Mia have accounts on both platforms, with the same address: each is one person.
PEOPLE = (
    _works_here(2, "Ben", "Okafor", "Product designer", "America/New_York"),
    _works_here(3, "Cleo", "Tanaka", "Engineer", "Asia/Tokyo"),
    _works_here(5, "Elif", "Kaya", "Engineering manager", "Europe/Istanbul"),
    _works_here(7, "Greta", "Lindqvist", "Head of support", "Europe/Stockholm"),
    _works_here(8, "Hari", "Menon", "Chief executive", "Asia/Kolkata"),
    _works_here(9, "Nils", "Holm", "Engineer", "Europe/Berlin"),
    _works_here(10, "Priya", "Rao", "Engineer", "Europe/Madrid"),
    _works_here(4, "Mia", "Weiss", "People team", "Europe/Berlin"),
)
BEN, CLEO, MIA = PEOPLE[0].id, PEOPLE[1].id, PEOPLE[-1].id
_ELIF, _HARI = PEOPLE[2].id, PEOPLE[4].id
_EVERYBODY = tuple(user.id for user in PEOPLE)
_GENERAL = "19:general0brightwater@thread.tacv2"
_DESIGN = "19:design0brightwater@thread.tacv2"
TEAMS = (
    Team(
        "19:general0brightwater@thread.tacv2",
        "Brightwater",
        (TeamsChannel(_GENERAL, "General"), TeamsChannel(_DESIGN, "Design reviews")),
        _EVERYBODY,
        has_bot=True,
    ),
)

# What people had said before the visitor came: channel, author, words.
SAID = (
    (_GENERAL, _HARI, "Welcome to Brightwater, everyone. Ask anything here."),
    (_GENERAL, _ELIF, "We ship the new search on Thursday. Thank you all for the testing."),
    (_DESIGN, BEN, "The new onboarding drawings are up. I would like to hear what feels slow."),
    (_DESIGN, CLEO, "Step three took me a while. Could we talk about it before Thursday?"),
)
