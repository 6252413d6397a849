"""The colleagues at Brightwater who have no account yet: so many that the usage report has something to show."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from adapters.playground.demo_people import email

_FIRST = (
    *("Aaron", "Bianca", "Carlos", "Daria", "Emil", "Fatima", "Gustav", "Hanna", "Igor", "Julia"),
    *("Kenji", "Laura", "Marco", "Nadia", "Oskar", "Paula", "Quentin", "Rosa", "Samir", "Tessa"),
    *("Ugo", "Vera", "Wanda", "Ximena", "Yusuf", "Zoe", "Anton", "Clara", "Dmitri", "Esther"),
)
_LAST = (
    *("Abel", "Bauer", "Castro", "Dubois", "Engel", "Ferrer", "Garcia", "Hansen", "Ito", "Jansen"),
    *("Kowalski", "Lopez", "Moreno", "Novak", "Olsen", "Peters", "Quinn", "Romero", "Schmidt", "Torres"),
    *("Ueda", "Varga", "Weber", "Xu", "Yilmaz", "Zimmer", "Adler", "Brandt", "Costa", "Duarte"),
)
_COUNTRIES = ("Germany", "Spain")


@dataclass(frozen=True)
class Department:
    """How many people each team lead has, by the directors of these leads; the head directs them where it is one group.

    The head is somebody with an account, or comes with the department. Teams are small, so that nobody knows much.
    """

    name: str
    groups: tuple[tuple[int, ...], ...]
    head: str = ""


_BOSS = email("Hari", "Menon")
DEPARTMENTS = (
    Department("Engineering", ((6, 7, 6, 7, 6), (7, 6, 7, 4, 7), (7, 7, 6, 7, 6)), head=email("Elif", "Kaya")),
    Department("Support", ((6, 6, 5, 7), (6, 7, 6, 6), (6, 6, 7, 5)), head=email("Greta", "Lindqvist")),
    Department("Sales", ((6, 7, 5, 6), (6, 6, 7, 6))),
    Department("Operations", ((5, 6, 4, 6),)),
    Department("Marketing", ((5, 5, 5),)),
    Department("Finance", ((6,),)),
)

Row = tuple[str, str, str, str, str]
"""As in people.csv: address, name, department, country, and the manager's address."""


def rows() -> Iterator[Row]:
    """All of them, each after their manager."""
    numbers = iter(range(len(_FIRST) * len(_LAST)))
    for department in DEPARTMENTS:
        head = department.head
        if not head:
            head = yield from _somebody(next(numbers), department, _BOSS)
        for group in department.groups:
            director = head
            if len(department.groups) > 1:
                director = yield from _somebody(next(numbers), department, head)
            for size in group:
                lead = yield from _somebody(next(numbers), department, director)
                for _ in range(size):
                    yield from _somebody(next(numbers), department, lead)


def _somebody(number: int, department: Department, manager: str) -> Generator[Row, None, str]:
    """One of them; gives their address, of which there are no two."""
    place, turn = number % len(_FIRST), number // len(_FIRST)
    first, last = _FIRST[place], _LAST[(turn + 3 * place) % len(_LAST)]
    address = email(first, last)
    yield address, f"{first} {last}", department.name, _COUNTRIES[number % 2], manager
    return address
