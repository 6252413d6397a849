"""The engine: one input, one transaction, one view. It returns, it never sends."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from bot.actions import Action, Unreadable, pack, unpack
from bot.door import Stranger, is_flagged, let_in, owned
from bot.entered import Entered
from bot.failures import error_place
from bot.features.accounts import Introduction, learn
from bot.features.people import people_matching, spelled_out
from bot.features.presence import visit
from bot.features.reaching import find_again
from bot.model.ids import ID_LENGTH
from bot.model.people import Account, Profile
from bot.model.trail import AuditEntry, Result, Seen
from bot.ports import Busy, Links, Stale, Store, Transaction, Unlisted
from bot.refused import Conflicted, Refused
from bot.registry import Handler, Registry, Step, form_of
from bot.turn import Channel, Quoted, Turn
from bot.unlinked import Unlinked
from bot.views import Buttons, Card, Form, Here, Notice, Option, Text, View, filled, headed
from bot.words import understand
from prompts import DEFAULT_LANGUAGE, Library, Voice, fitting

log = logging.getLogger("oneonone.engine")


@dataclass(frozen=True, kw_only=True)
class Input:
    """What came in from a platform, beside the action or words themselves.

    ``key`` names the input uniquely in its workspace, so that a repeat is noticed.
    """

    account: Account
    key: str
    entered: Entered = field(default_factory=Entered)
    at: str | None = None
    quoted: Quoted | None = None
    channel: Channel | None = None


def _nowhere() -> str | None:
    """Where people reach a service that has no address for them."""
    return None


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Answers actions and words; every adapter speaks to this and to nothing else of ``bot``.

    Accounts in several workspaces are one person's where their e-mail addresses are the same and in ``domains``.
    ``languages`` remembers in which language each account was spoken to, for the moments without a database;
    ``outside`` says where people reach the service, ``links`` makes what they may open there for a while.
    """

    store: Store
    registry: Registry
    libraries: Mapping[str, Library]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    admins: frozenset[str] = frozenset()
    platform_admins: bool = False
    domains: frozenset[str] = frozenset()
    languages: dict[Account, str] = field(default_factory=dict)
    outside: Callable[[], str | None] = _nowhere
    links: Links = field(default_factory=Unlinked)

    async def press(self, given: Input, packed: str) -> View:
        """Answers a packed action as it came over the wire; one that nobody knows is an old button."""
        try:
            action = unpack(packed, self.registry.kinds)
        except Unreadable:
            return self._sorry(given, "refused.old_button")
        return await self.act(given, action)

    async def act(self, given: Input, action: Action) -> View:
        """Answers an action; raises Stranger and Unlisted."""
        return await self._answered(given, Step(action, given.entered))

    async def say(self, given: Input, words: str) -> View:
        """Answers words as a person types them; raises Stranger and Unlisted."""
        return await self._answered(given, words)

    async def people(self, account: Account, query: str, *, most: int) -> Sequence[Option]:
        """The people whom this account's owner can choose from, for a people picker; raises Stranger."""
        async with self.store.read(account.organization) as tx:
            turn = await self._turn(tx, Input(account=account, key=""))
            return await people_matching(turn, query, most=most) if turn.is_let_in else ()

    async def knows(self, account: Account) -> bool:
        """Whether the account belongs to a person."""
        async with self.store.read(account.organization) as tx:
            return await tx.people.identity(account.workspace, account.external_id) is not None

    async def learn(self, account: Account, profile: Profile) -> None:
        """Takes in what a platform's directory says about an account."""
        try:
            await self._learned(account, profile)
        except Stale:
            # Another account of the same person was faster; what it said counts now.
            await self._learned(account, profile)

    async def _learned(self, account: Account, profile: Profile) -> None:
        by = Introduction(domains=self.domains, now=self.now(), new_id=self.new_id)
        async with self.store.write(account.organization) as tx:
            await learn(tx, account, profile, by)

    async def _answered(self, given: Input, wanted: Step | str) -> View:
        try:
            view = await self._tried(given, wanted)
        except (Busy, Stale):
            log.warning("busy", extra={"workspace": given.account.workspace})
            view = self._sorry(given, "refused.busy", wanted)
        except (Stranger, Unlisted):
            raise
        except Exception as error:  # noqa: BLE001 - the edge: a bug becomes a sentence for the person and a line for us
            view = self._crashed(given, wanted, error)
        return self._spoken(given, view)

    def _spoken(self, given: Input, view: View) -> View:
        """The view, which says in which language it is: in that of the person, unless they have just chosen another."""
        if view.language:
            self.languages[given.account] = view.language
            return view
        return replace(view, language=self.voice_for(given.account).library.language)

    async def _tried(self, given: Input, wanted: Step | str) -> View:
        try:
            return await self._handled(given, wanted)
        except Stale:
            # Whoever was faster has committed; the second look sees it and can say so.
            return await self._handled(given, wanted)

    def _crashed(self, given: Input, wanted: Step | str, error: Exception) -> Notice:
        incident = self.new_id()[:8]
        name = type(wanted.action).__name__ if isinstance(wanted, Step) else "words"
        # The error's own sentence may quote what a person wrote, so only its type and place are logged.
        log.error(
            "failed",
            extra={
                "incident": incident,
                "action": name,
                "workspace": given.account.workspace,
                "error": error_place(error),
            },
        )
        return self._sorry(given, "refused.failed", wanted, incident=incident)

    def voice_for(self, account: Account) -> Voice:
        """The language in which this account was spoken to last, known without asking the database."""
        return self._voice(fitting(self.libraries, self.languages.get(account, DEFAULT_LANGUAGE)), zone="UTC")

    def _voice(self, library: Library, *, zone: str) -> Voice:
        return Voice(library, zone=zone, now=self.now())

    def _sorry(self, given: Input, reason: str, wanted: Step | str | None = None, **facts: object) -> Notice:
        voice = self.voice_for(given.account)
        text = voice.say(reason, **facts)
        if isinstance(wanted, str):
            text = voice.say("refused.kept_words", reason=text, words=wanted)
        return Notice(text=text, problem=True)

    async def _handled(self, given: Input, wanted: Step | str) -> View:
        try:
            if isinstance(wanted, Step) and not self.registry.of(wanted.action).writes:
                return await self._looked(given, wanted)
            async with self.store.write(given.account.organization, patience=self._patience(wanted)) as tx:
                turn = await self._turn(tx, given)
                await _found_again(turn, given)
                answer = await self._once(turn, given, wanted)
            # What only looks may take a while, so it is done where it keeps nobody from writing.
            return await self._looked(given, answer) if isinstance(answer, Step) else answer
        except Conflicted as conflict:
            return conflict.form
        except Refused as refusal:
            return await self._refused(given, wanted, refusal)

    def _patience(self, wanted: Step | str) -> float | None:
        """More than usual for what is about everybody at once."""
        return self.registry.of(wanted.action).patience if isinstance(wanted, Step) else None

    async def _looked(self, given: Input, step: Step) -> View:
        async with self.store.read(given.account.organization) as tx:
            turn = await self._turn(tx, given)
            view = await self._look(turn, step)
        if turn.visits or turn.suggested or turn.unreachable:
            await self._remember(given, turn)
        return view

    async def _remember(self, given: Input, turn: Turn) -> None:
        """What this person has seen, which what only looks cannot write down."""
        try:
            async with self.store.write(given.account.organization) as tx:
                await _shown(replace(turn, tx=tx))
                await _found_again(replace(turn, tx=tx), given)
        except Busy:
            log.info("visit not remembered", extra={"workspace": given.account.workspace})

    async def _look(self, turn: Turn, step: Step) -> View:
        await let_in(turn, step.action)
        return await self._placed(turn, self.registry.of(step.action), step)

    async def _once(self, turn: Turn, given: Input, wanted: Step | str) -> View | Step:
        """What came of the input, or the step that is still to be looked at."""
        seen = await turn.tx.trail.seen(given.account.workspace, given.key)
        if seen is not None:
            return self._repeated(turn, seen)
        step = await understand(turn, self.registry, wanted) if isinstance(wanted, str) else wanted
        await let_in(turn, step.action)
        handler = self.registry.of(step.action)
        if not handler.writes:
            await _mark(turn, given, step.action)
            return step
        view = await self._placed(turn, handler, step)
        await _mark(turn, given, None if isinstance(view, Notice) else view.address)
        await _shown(turn)
        await turn.tx.trail.audit(_entry(turn, step.action, Result.done))
        return view

    async def _placed(self, turn: Turn, handler: Handler, step: Step) -> View:
        answer = await handler.handle(replace(turn, entered=step.entered), step.action)
        return await self._here(turn, answer) if isinstance(answer, Here) else answer

    async def _here(self, turn: Turn, here: Here) -> View:
        said = (Text(here.text), *((Buttons((here.undo,)),) if here.undo else ()))
        alone = Card(title=turn.say("views.done"), body=said, summary=turn.say("views.summary"))
        under = turn.at
        if under is None or self.registry.of(under).writes:
            return alone
        try:
            return headed(await self.registry.of(under).handle(await _as_it_is_now(turn), under), said)
        except Refused:
            return alone  # what was under the button can no longer be seen; what was done stays done

    def _repeated(self, turn: Turn, seen: Seen) -> Notice | Step:
        action = self._place(seen.address)
        return Notice(text=turn.say("views.already_done")) if action is None else Step(action)

    async def _refused(self, given: Input, wanted: Step | str, refusal: Refused) -> View:
        async with self.store.write(given.account.organization) as tx:
            turn = await self._turn(tx, given)
            await _found_again(turn, given)
            text = turn.say(refusal.reason, **refusal.facts)
            if isinstance(wanted, str):
                return Notice(text=_with_words(turn, text, await spelled_out(turn, wanted)), problem=True)
            await tx.trail.audit(_entry(turn, wanted.action, Result.refused))
            form = await self._form_again(turn, wanted.action) if refusal.field else None
        if form is None:
            return Notice(text=text, problem=True)
        return filled(form, given.entered.values, {str(refusal.field): text})

    async def _form_again(self, turn: Turn, action: Action) -> Form | None:
        """The form that this action was the submission of; None where it can no longer be shown."""
        again = form_of(self.registry.of(action), action)
        if again is None:
            return None
        try:
            form = await self.registry.of(again).handle(turn, again)
        except Refused:
            return None
        return form if isinstance(form, Form) else None

    async def _turn(self, tx: Transaction, given: Input) -> Turn:
        identity, person = await owned(tx, given.account)
        organization = await tx.organizations.current()
        library = fitting(self.libraries, person.language, organization.language)
        self.languages[given.account] = library.language
        return Turn(
            organization=organization,
            person=person,
            workspace=given.account.workspace,
            now=self.now(),
            new_id=self.new_id,
            tx=tx,
            voice=self._voice(library, zone=person.zone),
            libraries=self.libraries,
            admins=self.admins,
            platform_admins=self.platform_admins,
            flagged=self.platform_admins and await is_flagged(tx, person),
            domains=self.domains,
            entered=given.entered,
            at=self._place(given.at),
            quoted=given.quoted,
            sections=self.registry.sections,
            channel=given.channel,
            unreachable=identity.unreachable_since is not None,
            public_url=self.outside(),
            links=self.links,
        )

    def _place(self, packed: str | None) -> Action | None:
        try:
            return unpack(packed, self.registry.kinds) if packed else None
        except Unreadable:
            return None


async def _shown(turn: Turn) -> None:
    await visit(turn.tx, turn.person.id, turn.visits, turn.now)
    await turn.tx.suggestions.add(turn.suggested)


async def _found_again(turn: Turn, given: Input) -> None:
    if turn.unreachable:
        await find_again(turn.tx, given.account, turn.person.id)


async def _mark(turn: Turn, given: Input, address: Action | None) -> None:
    """Remembers that the input was handled, and what shows its outcome."""
    packed = None if address is None else pack(address)
    if not await turn.tx.trail.mark_seen(given.account.workspace, Seen(given.key, packed), turn.now):
        raise Stale  # the same input, at the same moment, elsewhere


async def _as_it_is_now(turn: Turn) -> Turn:
    """The turn with its person and organization as the handler left them."""
    person = await turn.tx.people.get(turn.person.id)
    return replace(turn, person=person or turn.person, organization=await turn.tx.organizations.current())


def _with_words(turn: Turn, reason: str, words: str) -> str:
    """Why not, and what was typed: a command leaves nothing in the chat to copy it from."""
    if len(words.split()) < 2:
        return reason
    return turn.say("refused.kept_words", reason=reason, words=words)


def _entry(turn: Turn, action: Action, result: Result) -> AuditEntry:
    ids = (getattr(action, part.name) for part in fields(action))
    subject = next((value for value in ids if isinstance(value, str) and len(value) == ID_LENGTH), None)
    return AuditEntry(
        organization=turn.organization.id,
        person=turn.person.id,
        action=type(action).__name__,
        subject=subject,
        result=result,
        at=turn.now,
    )
