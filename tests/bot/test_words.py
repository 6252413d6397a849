"""What typed words mean."""

from dataclasses import replace

from bot.views import Form, Page
from storage.store import Store
from tests.bot.desk import Desk
from tests.bot.watched import Watched


async def test_a_question_mark_asks_for_help(desk: Desk) -> None:
    view = await desk.ana.says("?")
    assert isinstance(view, Page)
    assert view.title == "Help"


async def test_who_is_named_is_meant_though_archived(pair: Desk) -> None:
    await pair.ana.says("archive ben")
    await pair.ana.says("add @ben Course budget")
    assert "Added to the agenda" in pair.ana.reads
    await pair.ana.says("meet ben")
    assert "You are meeting" in pair.ana.reads


async def test_without_a_name_the_archived_is_not_meant(pair: Desk) -> None:
    await pair.ana.says("start @cleo")
    await pair.ana.submits(role="colleague")
    await pair.ana.says("archive ben")
    view = await pair.ana.says("add")
    assert isinstance(view, Form)
    assert "Cleo" in pair.ana.reads


async def test_words_that_only_look_keep_nobody_from_writing(pair: Desk) -> None:
    await pair.ana.says("add Course budget")
    assert isinstance(pair.store, Store)
    watched = Watched(pair.store)
    looking = replace(pair.ana, desk=replace(pair, engine=replace(pair.engine, store=watched)))
    await looking.says("search budget", key="the search")
    assert "Course budget" in looking.reads
    await looking.says("search budget", key="the search")
    assert "Course budget" in looking.reads
    assert len(watched.agendas) == 2
    assert watched.agendas_while_writing == []
