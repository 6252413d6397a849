"""The usage report in a browser, by the link that the chat gives (M5)."""

import csv
import io
from datetime import timedelta

import aiohttp

from tests.adapters.contract.counted import counted
from tests.adapters.contract.reporting import Served
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

IN_BROWSER = "Open in a browser (this link is yours, and works for a day)"


async def linked(one: Actor, words: str = "report") -> str:
    """Where the report that somebody asks for leads."""
    await one.says(words, way=Way.command)
    return one.address_of(IN_BROWSER)


async def read(address: str) -> tuple[int, str]:
    """What a browser gets there."""
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text(encoding="utf-8-sig")


@story("M5")
async def test_the_chat_leads_to_a_page_with_the_same_shares(stage: Stage, way: Way) -> None:
    await counted(stage)
    await stage.ben.says("report 90 days", way=way)
    status, page = await read(stage.ben.address_of(IN_BROWSER))
    assert status == 200
    for words in ("25 Aug 2026 to 22 Nov 2026", "100 1-on-1s", "60 to 80 %", "Sales", "Other departments"):
        assert words in page
    assert "Active: one of the two" in page


@story("M5")
async def test_a_file_for_a_spreadsheet_is_beside_it(stage: Stage) -> None:
    await counted(stage)
    address, _, asked = (await linked(stage.ben)).partition("?")
    status, file = await read(f"{address}.csv?{asked}")
    assert status == 200
    rows = list(csv.reader(io.StringIO(file)))
    assert [row for row in rows if "Sales" in row and "under 20 %" in row]


@story("M5", "M3")
async def test_the_link_is_over_after_a_day_and_one_asks_for_another(stage: Stage) -> None:
    await counted(stage)
    assert isinstance(stage, Served)
    address = await linked(stage.ben)
    assert (
        (await read(f"{address.partition('?')[0]}x"))[0]
        == (await read(address.replace("/report/", "/report/A")))[0]
        == 404
    )
    stage.clock.advance(timedelta(hours=25))
    status, page = await read(address)
    assert status == 404
    assert "This link is over" in page
    assert "60 to 80 %" not in page
    assert (await read(await linked(stage.ben)))[0] == 200
