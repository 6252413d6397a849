"""What the columns of a file of people are called, in four languages, and what each of them is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.folding import folded


class Role(StrEnum):
    """What a column says of a person; every other column is an attribute."""

    email = "e-mail"
    full_name = "name"
    name = "name or part of it"
    first_name = "first name"
    last_name = "last name"
    manager_email = "manager's e-mail"
    manager = "manager"
    zone = "time zone"
    language = "language"
    status = "status"


_ROLES: Mapping[Role, str] = {
    Role.email: (
        "email, emailaddress, mail, mailaddress, workemail, workemailaddress, primaryemail, businessemail, "
        "companyemail, userprincipalname, emailadresse, mailadresse, dienstlicheemail, geschaftlicheemail, "
        "courriel, adressedecourriel, adresseemail, adressemail, adressecourriel, adresseelectronique, "
        "emailprofessionnel, correo, correoelectronico, direcciondecorreo, direcciondecorreoelectronico, "
        "correocorporativo"
    ),
    Role.full_name: (
        "fullname, displayname, employeename, vollername, vollstandigername, anzeigename, nomcomplet, nometprenom, "
        "prenometnom, nombrecompleto, nombreyapellido, nombreyapellidos"
    ),
    Role.name: "name, nom, nombre",
    Role.first_name: "firstname, givenname, forename, vorname, rufname, prenom, nombredepila",
    Role.last_name: "lastname, surname, familyname, nachname, familienname, nomdefamille, apellido, apellidos",
    Role.manager_email: (
        "manageremail, managersemail, manageremailaddress, manageremailadresse, emailmanager, supervisoremail, "
        "linemanageremail, reportstoemail, vorgesetzteremail, vorgesetztenemail, emailvorgesetzter, "
        "emaildesvorgesetzten, emailderfuhrungskraft, fuhrungskraftemail, emailfuhrungskraft, emaildumanager, "
        "emailresponsable, emailduresponsable, courrielresponsable, courrielduresponsable, courrieldumanager, "
        "emaildusuperieur, correodelresponsable, correoresponsable, correodeljefe, correojefe, emaildeljefe, "
        "emaildelresponsable, correodelsupervisor, correodelgerente, emailsupervisor"
    ),
    Role.manager: (
        "manager, supervisor, linemanager, reportsto, vorgesetzter, vorgesetzte, fuhrungskraft, fuehrungskraft, "
        "responsable, responsablehierarchique, superieur, superieurhierarchique, jefe, jefa, jefedirecto, gerente"
    ),
    Role.zone: "timezone, tz, zeitzone, fuseauhoraire, fuseau, zonahoraria, husohorario",
    Role.language: "language, lang, locale, preferredlanguage, sprache, langue, idioma, lengua",
    Role.status: (
        "status, active, isactive, enabled, employmentstatus, employeestatus, aktiv, beschaftigungsstatus, statut, "
        "actif, estado, activo"
    ),
}
_ATTRIBUTES: Mapping[str, str] = {
    "Department": "department, dept, abteilung, departement, service, departamento",
    "Country": "country, land, pays, pais",
    "Location": "location, office, site, standort, arbeitsort, buro, buero, lieu, lieudetravail, bureau, ubicacion, "
    "oficina, sede",
    "Title": "title, jobtitle, position, titel, stelle, funktion, stellenbezeichnung, berufsbezeichnung, titre, poste, "
    "fonction, intituleduposte, titulo, cargo, puesto, posicion",
    "Start date": "startdate, hiredate, datejoined, joindate, entrydate, eintrittsdatum, startdatum, "
    "einstellungsdatum, datedentree, dateentree, datedembauche, dateembauche, fechadeingreso, fechaingreso, "
    "fechadealta, fechadeinicio",
}


def aliases(names: str) -> Sequence[str]:
    return names.split(", ")


ROLES = {alias: role for role, names in _ROLES.items() for alias in aliases(names)}
ATTRIBUTES = {alias: label for label, names in _ATTRIBUTES.items() for alias in aliases(names)}


@dataclass(frozen=True)
class Columns:
    """Where each thing stands; ``attributes`` are places by folded name, with the label; ``titles`` are as written."""

    titles: Sequence[str]
    roles: Mapping[Role, int]
    attributes: Mapping[str, tuple[int, str]]
    doubled: Sequence[str] = ()
    manager_at: int | None = None


def plain(title: str) -> str:
    """A title without case, accents, spaces and signs: as the lists above have it."""
    letters = unicodedata.normalize("NFKD", title).casefold()
    return re.sub(r"[\W_]", "", "".join(each for each in letters if not unicodedata.combining(each)))


def recognised(titles: Iterable[str]) -> int:
    """How many of these we know; the e-mail address counts most, since there is no file without it."""
    known = [plain(title) for title in titles]
    return sum(each in ROLES or each in ATTRIBUTES for each in known) + 10 * any(
        ROLES.get(each) is Role.email for each in known
    )


def columns_of(titles: Sequence[str], *, manager_attribute: str) -> Columns:
    """What stands where. ``manager_attribute`` is the column that names managers where no other one does."""
    roles, attributes, doubled = _placed(titles)
    named = next((roles[role] for role in (Role.manager_email, Role.manager) if role in roles), None)
    if named is None:
        named = next((place for place, label in attributes.values() if plain(label) == plain(manager_attribute)), None)
    return Columns(titles, roles, attributes, doubled, named)


def _placed(titles: Sequence[str]) -> tuple[dict[Role, int], dict[str, tuple[int, str]], list[str]]:
    roles: dict[Role, int] = {}
    attributes: dict[str, tuple[int, str]] = {}
    doubled = []
    beside = {ROLES[plain(title)] for title in titles if plain(title) in ROLES}
    for place, title in enumerate(titles):
        role = _role(title, beside)
        label = _label(title, attributes)
        if not title:
            continue
        if role is not None:
            doubled += [title] if role in roles else []
            roles.setdefault(role, place)
        else:
            doubled += [title] if folded(label) in attributes else []
            attributes.setdefault(folded(label), (place, label))
    return roles, attributes, doubled


def _role(title: str, beside: Iterable[Role]) -> Role | None:
    """A manager who stands there by name, beside their e-mail address, is an attribute like any other."""
    role = ROLES.get(plain(title))
    return None if role is Role.manager and Role.manager_email in beside else role


def _label(title: str, attributes: Mapping[str, object]) -> str:
    """The second of two columns that mean the same keeps its own title."""
    label = ATTRIBUTES.get(plain(title), title)
    return title if folded(label) in attributes else label
