"""A file of people, read: the same whoever wrote it, and said what to mend where it is broken."""

import csv
import io
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters import people_file
from adapters.people_columns import columns_of
from adapters.people_file import Unfit, read
from bot.folding import folded
from bot.model.roster import Sheet

# The same columns as each language calls them: e-mail, name, manager, department, country, status.
TITLES = (
    ("E-mail", "Full name", "Manager e-mail", "Department", "Country", "Status"),
    ("work_email", "Display Name", "Supervisor", "dept.", "COUNTRY", "Active"),
    ("E-Mail-Adresse", "Anzeigename", "E-Mail Führungskraft", "Abteilung", "Land", "Aktiv"),
    ("Courriel", "Nom complet", "Courriel du responsable", "Département", "Pays", "Statut"),
    ("Correo electrónico", "Nombre completo", "Correo del jefe", "Departamento", "País", "Estado"),
)
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z", "S"], exclude_characters='@=+-–—,;<>"')
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=3).map(" ".join)
ADDRESSES = st.text("abcdefgh.0123", min_size=1, max_size=9).map(lambda local: f"{local}@Example.com")
CELLS = WORDS | st.sampled_from(["", 'quoted "so"', "a, b; c", "+49 (30) 123-45", "-5", "x" * 1000, "Zürich"])
ROWS = st.lists(
    st.tuples(ADDRESSES, CELLS, ADDRESSES | st.just(""), CELLS, CELLS, st.sampled_from(["", "yes", "Nein", "inactif"])),
    min_size=1,
    max_size=6,
    unique_by=lambda row: folded(row[0]),
)


def read_text(folder: Path, content: str | bytes, *, manager_attribute: str = "manager email") -> Sheet:
    file = folder / "people.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(file, manager_attribute=manager_attribute)


def says(folder: Path, content: str | bytes) -> Sequence[str]:
    with pytest.raises(Unfit) as unfit:
        read_text(folder, content)
    return unfit.value.says


@given(
    rows=ROWS,
    titles=st.sampled_from(TITLES),
    delimiter=st.sampled_from(",;\t"),
    bom=st.sampled_from(["", "\ufeff"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_it_reads_the_same_whoever_wrote_it(
    rows: Sequence[Sequence[str]],
    titles: Sequence[str],
    delimiter: str,
    bom: str,
    ending: str,
    quoting: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(titles)
    writer.writerows(rows)
    sheet = read_text(tmp_path_factory.getbasetemp(), bom + text.getvalue())
    assert sheet.labels == {"department": "Department", "country": "Country"}
    assert [entry.row for entry in sheet.entries] == list(range(2, len(rows) + 2))
    for entry, (email, name, manager, department, country, status) in zip(sheet.entries, rows, strict=True):
        assert (entry.email, entry.folded) == (email, folded(email))
        assert (entry.name, entry.manager) == (name, folded(manager))
        assert entry.values == (department, country)
        assert entry.here == (status in ("", "yes"))


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Email,First name,Last name", "a@x.de,Ana,Ruiz", "Ana Ruiz"),
        ("E-Mail,Vorname,Name", "a@x.de,Ana,Ruiz", "Ana Ruiz"),
        ("Mail,Nom,Prénom", "a@x.de,Ruiz,Ana", "Ana Ruiz"),
        ("Correo,Nombre,Apellidos", "a@x.de,Ana,Ruiz Vega", "Ana Ruiz Vega"),
        ("Correo,Nombre", "a@x.de,Ana Ruiz", "Ana Ruiz"),
        ("Email,Name,First name,Last name", "a@x.de,Dr. Ana Ruiz,Ana,Ruiz", "Dr. Ana Ruiz"),
        ("Email,Name,First name", "a@x.de,Ana Ruiz,Ana", "Ana Ruiz"),
        ("Email,First name", "a@x.de,Ana", "Ana"),
        ("Email,Department", "a@x.de,Sales", ""),
    ],
)
def test_a_name_is_made_of_what_there_is_of_it(header: str, row: str, name: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, f"{header}\n{row}\n").entries[0].name == name


def test_other_columns_are_attributes_under_their_own_name(tmp_path: Path) -> None:
    sheet = read_text(tmp_path, "Cost Centre,Email,Location,Office,Phone\n12,a@x.de,Berlin,3rd floor,+49 30 123\n")
    assert sheet.labels == {
        "cost centre": "Cost Centre",
        "location": "Location",
        "office": "Office",
        "phone": "Phone",
    }
    assert sheet.entries[0].values == ("12", "Berlin", "3rd floor", "+49 30 123")
    assert (sheet.names_managers, sheet.entries[0].manager) == (False, None)


def test_the_setting_names_managers_where_no_other_column_does(tmp_path: Path) -> None:
    content = "Email,Coach\na@x.de,B@x.de\n"
    assert read_text(tmp_path, content).entries[0].manager is None
    sheet = read_text(tmp_path, content, manager_attribute="coach")
    assert (sheet.entries[0].manager, sheet.entries[0].values) == ("b@x.de", ("B@x.de",))
    other = read_text(tmp_path, "Email,Coach,Manager\na@x.de,b@x.de,c@x.de\n", manager_attribute="Coach")
    assert other.entries[0].manager == "c@x.de"


def test_a_manager_by_name_beside_their_address_is_an_attribute(tmp_path: Path) -> None:
    sheet = read_text(tmp_path, "Email,Manager,Manager Email\na@x.de,Ben Okafor,ben@x.de\n")
    assert (sheet.entries[0].manager, dict(sheet.labels)) == ("ben@x.de", {"manager": "Manager"})


def test_space_blank_lines_dashes_and_line_breaks_in_cells_say_nothing(tmp_path: Path) -> None:
    content = "\nsep=;\n".lstrip() + 'Email;Title;Country;\n\n a@x.de ;"Head of\nSales";–;\n;;;\nb@x.de;-;\u00a0;;;\n'
    sheet = read_text(tmp_path, content)
    assert [(entry.row, entry.email, entry.values) for entry in sheet.entries] == [
        (4, "a@x.de", ("Head of Sales", "")),
        (6, "b@x.de", ("", "")),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "It is empty."),
        (b"\xef\xbb\xbf\n\n", "It is empty."),
        (b"Email,Name\n", "It has a header and nobody beneath it."),
        ("Email,Name\na@x.de,Jürgen\n".encode("cp1252"), "Row 2 is not UTF-8: look at byte 20 of the file, ü in"),
        ("Email,Name\na@x.de,Ana\n".encode("utf-16"), "It is UTF-16, not UTF-8. Save it as UTF-8 (in Excel"),
        (b"Email,Name\na@x.de,A\0na\n", "Row 2 has a NUL byte in it"),
        (
            b"Name,Country\nAna,Spain\n",
            "There is no column for the e-mail address. Call it E-mail. These were found: Name,",
        ),
        (b"Email|Name\na@x.de|Ana\n", "These were found: Email|Name."),
        (b"Email,Name\na@x.de,Ana\nb@x.de,Ben\nA@X.de,Ana\n", "Rows 2 and 4 are both about A@X.de. Keep one of them."),
        (b"Email,E-Mail\na@x.de,a@x.de\n", "Two columns mean the same as E-Mail."),
        (b"Email,Team,team\na@x.de,1,2\n", "Two columns mean the same as team."),
        (b"Email,Title\na@x.de,=cmd|' /C calc'!A0\n", "Row 2, column Title: this begins like a formula."),
        (b"Email,Title\na@x.de, =1+1\n", "Row 2, column Title: this begins like a formula."),
        (b"Email,Title\na@x.de,+cmd\n", "Row 2, column Title: this begins like a formula."),
        (b"Email,Title\na@x.de,-2+3+cmd\n", "Row 2, column Title: this begins like a formula."),
        (b"Email,Title\na@x.de,@SUM(1)\n", "Row 2, column Title: this begins like a formula."),
        (b'Email,Title\na@x.de,"\t1"\n', "Row 2, column Title: this begins like a formula."),
        (b"Email,=Title\na@x.de,1\n", "Row 1: the title of a column begins like a formula."),
        (b"Email,Title\na@x.de," + b"x" * 1001 + b"\n", "Row 2, column Title: this is longer than 1,000 characters."),
        (b"Email,Title\na@x.de,a\x1b[31mb\n", "Row 2, column Title: this has a control character in it."),
        (b'Email,Title\na@x.de,"Head\nb@x.de,x\n', 'Row 2 has a quotation mark (") that is not closed'),
        (b'Email,Title\na@x.de,"Head" of\n', "Row 2 has a quotation mark"),
        (b'Email,Title\na@x.de,"' + b"x\n" * 100_000, "Row 2 has a quotation mark"),
        (b"Email,Title\na@x.de,a,b\n", "Row 2 has 3 cells and the header has 2."),
        (b"Email,Title,Country\na@x.de,a\n", "Row 2 has 2 cells and the header has 3."),
        (b"Email,Name\nana,Ana\n", "Row 2, column Email: this is no e-mail address. Write it as ana@example.com."),
        (b"Email,Name\n,Ana\n", "Row 2, column Email: this is no e-mail address."),
        (b"Email,Manager\na@x.de,Ben Okafor\n", "Row 2, column Manager: this is no e-mail address."),
        (b"Email,Time zone\na@x.de,Berlin\n", "Row 2, column Time zone: this is no time zone that we know."),
        (b"Email,Language\na@x.de,Klingon??\n", "Row 2, column Language: this is no language that we know."),
        (b"Email,Status\na@x.de,maybe\n", "Row 2, column Status: this says neither active nor inactive."),
        (b"Email," + b",".join(b"c%d" % each for each in range(200)) + b"\n", "It has more than 200 columns."),
        (b"Email," + b"x" * 101 + b"\na@x.de,1\n", "Row 1: the title of a column is longer than 100 characters."),
        (b"Email\n" + b"x" * 1_200_000, "Row 2 is longer than a megabyte. Is this a CSV file?"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[:40],
)
def test_what_is_broken_is_named_with_its_row_and_the_mend(content: bytes, expected: str, tmp_path: Path) -> None:
    assert expected in " ".join(says(tmp_path, content))


def test_many_problems_are_told_at_once_and_the_rest_counted(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Email\n" + "no address\n" * 33)
    with pytest.raises(Unfit) as unfit:
        read(file, manager_attribute="")
    assert (len(unfit.value.says), unfit.value.more) == (20, 13)
    assert unfit.value.says[19].startswith("Row 21, ")


def test_zones_languages_and_states_are_understood(tmp_path: Path) -> None:
    rows = "a@x.de,europe/berlin,Deutsch,aktiv\nb@x.de,,pt-BR,ausgeschieden\nc@x.de,UTC,français,on leave\n"
    sheet = read_text(tmp_path, f"Email,Zeitzone,Sprache,Status\n{rows}")
    assert [(each.zone, each.language, each.here) for each in sheet.entries] == [
        ("Europe/Berlin", "de", True),
        ("", "pt", False),
        ("UTC", "fr", True),
    ]


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    with file.open("wb") as stream:
        stream.truncate(1024**3)
    with pytest.raises(Unfit) as unfit:
        read(file, manager_attribute="")
    assert unfit.value.says == ["It has more than 100 MB. Leave out the columns that OneOnOne has no use for."]


def test_what_says_no_size_is_refused_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_file, "LARGEST", 2 * 1024**2)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with suppress(BrokenPipeError), pipe.open("wb") as stream:
            stream.write(b"Email\n" + b"a@x.de\n" * 500_000)

    writer = Thread(target=write)
    writer.start()
    with pytest.raises(Unfit) as unfit:
        read(pipe, manager_attribute="")
    writer.join()
    assert "more than 2 MB" in unfit.value.says[0]


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    for file, expected in ((tmp_path, "It is a folder."), (tmp_path / "no.csv", "It cannot be read (No such file")):
        with pytest.raises(Unfit) as unfit:
            read(file, manager_attribute="")
        assert expected in unfit.value.says[0]


def test_columns_are_found_without_their_accents_and_signs() -> None:
    columns = columns_of(["CORREO_ELECTRONICO", "Zona-horaria", "Fecha de alta"], manager_attribute="")
    assert [role.value for role in columns.roles] == ["e-mail", "time zone"]
    assert columns.attributes == {"start date": (2, "Start date")}
