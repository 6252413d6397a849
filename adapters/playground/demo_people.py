"""The invented organization of the playground, as far as it works in Slack."""

from adapters.playground.slack_people import SlackChannel, SlackTeam, SlackUser

DOMAIN = "brightwater.example"

TEAM = SlackTeam(id="T0PLAY", name="Brightwater", domain="brightwater")
ANA = "U0ANA"
BOT = "U0BOT"


def _works_here(first: str, last: str, title: str, tz: str, hours: float) -> SlackUser:
    name = first.lower()
    return SlackUser(
        id=f"U0{first.upper()}",
        name=name,
        real_name=f"{first} {last}",
        display_name=first,
        email=email(first, last),
        title=title,
        tz=tz,
        tz_offset=round(hours * 3600),
    )


def email(first: str, last: str) -> str:
    """The address of somebody who works here, by which one person's accounts are matched."""
    return f"{first.lower()}.{last.lower()}@{DOMAIN}"


_STAFF = (
    _works_here("Ana", "Ruiz", "Head of Product", "Europe/Madrid", 1),
    _works_here("Cleo", "Tanaka", "Engineer", "Asia/Tokyo", 9),
    _works_here("Mia", "Weiss", "People team", "Europe/Berlin", 1),
    _works_here("Farid", "Haddad", "Data analyst", "Africa/Casablanca", 1),
    _works_here("Lena", "Vogt", "Customer support", "Europe/Berlin", 1),
    _works_here("Omar", "Aziz", "Customer support", "Europe/Berlin", 1),
    _works_here("Sofia", "Marin", "Recruiter", "Europe/Madrid", 1),
)
_GUEST = SlackUser(
    "U0INES", "ines", "Ines Duarte", "Ines", "ines@freelance.example", "Guest", "Europe/Lisbon", 0, is_restricted=True
)
_LEFT = SlackUser("U0JONAS", "jonas", "Jonas Brandt", email=email("Jonas", "Brandt"), deleted=True)
_OTHER_BOT = SlackUser("U0BUILD", "buildbot", "Build robot", is_bot=True)

PEOPLE = (*_STAFF, _GUEST, _LEFT, _OTHER_BOT)
ADMIN = email("Mia", "Weiss")
CHANNELS = (
    SlackChannel("C0GENERAL", "general", tuple(user.id for user in (*_STAFF, _GUEST, _OTHER_BOT))),
    SlackChannel("C0PEOPLE", "people-team", (*(user.id for user in _STAFF if user.name != "cleo"), BOT)),
)

# What people had said before the visitor came: channel, author, words.
SAID = (
    ("C0GENERAL", "U0MIA", "Welcome to Brightwater, everyone. Ask anything here."),
    ("C0GENERAL", "U0FARID", "The numbers of the new onboarding are in. I would like to hear what feels slow."),
    ("C0GENERAL", "U0CLEO", "Step three took me a while. Could we talk about it before Thursday?"),
    ("C0PEOPLE", "U0MIA", "Mid-year reflections start in June. Who wants to try them with their own team first?"),
)
