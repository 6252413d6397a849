// Teams as one person has it: a rail, chats and channels, bubbles and cards, dialogs.

import { commandOffers, composer, peopleOffers } from "../composer.js";
import { busy, el, keepingFocus, showCurrent } from "../dom.js";
import { icon } from "../icons.js";
import { drawLog, keepAtEnd } from "../log.js";
import { avatar, called, colleagues, everybodyBut } from "../people.js";
import { enteredValues, readMarks, session } from "../session.js";
import { dialogOver } from "./dialog.js";
import { mentionsOf, row } from "./messages.js";

/** `at` is the window: { root, stage, person, parts, toast, onDraw(state, news) }. */
export function teamsClient(at) {
  const { stage, person, toast } = at;
  const app = stage.app;
  const people = colleagues(stage, "teams");
  const mentions = mentionsOf([app.name, ...[...people.values()].map((each) => each.name)]);
  const others = everybodyBut(stage, person);
  const entered = enteredValues();
  const labels = new Map(); // names of the people that a search found, by what stands for them
  const unreadIn = readMarks({ at: (message) => message.at, author: (message) => message.author, me: person.id });
  const desk = session(person.seat, { draw, toast });
  const { hand } = desk;
  let here = null;

  const parts = layout(at.parts.inner, () => go(chat().id), () => go(channels()[0]?.id ?? chat().id));
  const box = composer({ offers, send });
  parts.foot.append(box.node);
  const stopKeeping = keepAtEnd(parts.list);
  const dialog = dialogOver(at.parts.over, at.parts.inner, {
    surface: (shown) => surface(`dialog ${shown.id}`, { dialog: shown.id }, shown.values),
    close: (shown) => hand({ do: "close", dialog: shown.id }),
  });

  const chat = () => desk.state.places.find((each) => each.kind === "app");
  const channels = () => desk.state.places.filter((each) => each.kind !== "app");
  const isShown = () => at.root.getClientRects().length > 0; // a narrow screen hides one window
  const unread = (each) => unreadIn(each, each.id === here && isShown());

  function draw(state) {
    if (!state.places.some((each) => each.id === here)) here = chat().id;
    const counts = new Map(state.places.map((each) => [each.id, unread(each)]));
    drawRail(counts);
    drawPlaces(counts);
    drawPlace(state);
    dialog.draw(state.dialog);
    at.onDraw(state, [...counts.values()].reduce((sum, each) => sum + each, 0));
  }

  function drawRail(counts) {
    const sum = (places) => places.reduce((total, each) => total + counts.get(each.id), 0);
    const tell = (node, count, isHere) => {
      node.querySelector(".unread").hidden = count === 0;
      node.querySelector(".unread").textContent = String(count);
      isHere ? node.setAttribute("aria-current", "true") : node.removeAttribute("aria-current");
    };
    tell(parts.toChat, sum([chat()]), here === chat().id);
    tell(parts.toTeams, sum(channels()), here !== chat().id);
    parts.toTeams.hidden = channels().length === 0;
  }

  function drawPlaces(counts) {
    const link = (each, face, about) =>
      el("button", { type: "button", class: "place", "aria-current": each.id === here ? "page" : null, "data-name": `place ${each.id}`, onclick: () => go(each.id) },
        face, el("span", { class: "place-words" }, el("span", {}, each.kind === "app" ? app.name : each.name), about),
        counts.get(each.id) ? el("span", { class: "unread", "aria-label": `${counts.get(each.id)} new` }, String(counts.get(each.id))) : null);
    const last = chat().messages.at(-1);
    const bot = { kind: "bot", name: app.name };
    const preview = last ? el("small", { dir: "auto" }, last.text || "Sent a card") : null;
    keepingFocus(parts.side, () =>
      parts.side.replaceChildren(
        el("h3", {}, "Chat"), link(chat(), avatar(bot), preview),
        channels().length ? el("h3", {}, stage.places.teams) : null, ...channels().map((each) => link(each, el("span", { class: "hash" }, icon("hash")), null)),
      ),
    );
  }

  function drawPlace(state) {
    const there = state.places.find((each) => each.id === here);
    const isChannel = there.kind !== "app";
    const name = isChannel ? there.name : app.name;
    parts.title.textContent = name;
    parts.face.replaceChildren(isChannel ? el("span", { class: "hash" }, icon("hash")) : avatar({ kind: "bot", name }));
    parts.about.textContent = isChannel ? `${stage.places.teams}${there.has_app ? "" : `, without ${app.name}`}` : "App";
    parts.tab.textContent = isChannel ? "Posts" : "Chat";
    parts.list.setAttribute("aria-label", isChannel ? `Posts in ${name}` : `Messages with ${name}`);
    box.placeholder(isChannel ? `Post here, or call @${app.name}` : "Type a message");
    const view = { people, mentions, me: person.id, isChannel, zone: person.zone, now: new Date(state.now * 1000), entries: stage.entries, messageAction };
    view.surface = (message, card) => surface(`message ${message.id} ${card}`, { place: there.id, message: message.id, card: String(card) }, message.values);
    const read = (message) => ({ key: message.id, at: new Date(message.at * 1000), author: message.author, aside: false });
    drawLog(parts.list, there.messages, { ...view, read, row: (message, facts) => row(message, facts, view) });
  }

  /** What a card needs to know and do, in one message or dialog. */
  function surface(where, on, values = {}) {
    const start = (part) => String(values[part.id] ?? part.value ?? "");
    const form = {
      value: (part) => (entered.has(where, part.id) ? entered.get(where, part.id) : start(part)),
      label: (part) => labels.get(form.value(part)) ?? part.choices?.find((each) => each.value === form.value(part))?.title ?? "",
      set: (part, value) => entered.set(where, part.id, value),
      choose: (part, option) => {
        if (option) labels.set(option.value, option.label);
        entered.set(where, part.id, option?.value ?? "");
      },
      search: async (part, query) => (await hand({ do: "options", ...on, block: part.id, query })).options ?? [],
    };
    const press = (index, node) =>
      busy(node, async () => {
        const fields = entered.of(where).map(([block, value]) => ({ block, value }));
        const answer = await hand({ do: "press", ...on, action: String(index), fields });
        if (answer.ok && !hasErrors(on)) entered.forget(where);
        dialog.draw(desk.state.dialog);
      });
    return { name: where, form, press };
  }

  function hasErrors(on) {
    const { dialog: open, places } = desk.state;
    const errors = on.dialog ? open?.errors : places.flatMap((each) => each.messages).find((each) => each.id === on.message)?.errors;
    return Object.keys(errors ?? {}).length > 0;
  }

  function offers(text) {
    const inChat = here === chat().id;
    const named = peopleOffers(text, others, (each) => `${called(each, "teams")} `);
    const toApp = !inChat && app.name.toLowerCase().startsWith(text.slice(1).toLowerCase()) && text.startsWith("@");
    if (toApp) return [{ text: `@${app.name}`, says: "The app", becomes: `@${app.name} `, more: true }, ...named];
    if (named.length) return named;
    const call = inChat ? "" : `@${app.name} `;
    if (!text.startsWith(call) || (inChat && !text)) return [];
    const words = text.slice(call.length) === "/" ? "" : text.slice(call.length);
    return commandOffers(words, stage.hints.teams).map((hint) => ({ ...hint, becomes: `${call}${hint.becomes}` }));
  }

  async function send(text) {
    const answer = await hand({ do: "say", place: here, text });
    if (answer.ok) parts.list.scrollTop = parts.list.scrollHeight;
    return Boolean(answer.ok);
  }

  const messageAction = (message, entry) => hand({ do: "message_action", entry, place: here, message: message.id });

  /** Opens the chat with the app, or a channel; `byHand` puts the cursor where one writes. */
  async function go(id, { byHand = true } = {}) {
    here = id;
    draw(desk.state);
    showCurrent(parts.side);
    parts.list.scrollTop = parts.list.scrollHeight;
    if (byHand && matchMedia("(hover: hover)").matches) box.box.focus({ preventScroll: true });
    await hand({ do: "look", place: id });
  }

  /** Types a command for the visitor in the chat with the app, and opens what its answer offers to open. */
  async function run({ verb, other }) {
    if (here !== chat().id) await go(chat().id, { byHand: false });
    if (!(await send([verb, other ? called(other, "teams") : ""].filter(Boolean).join(" ")))) return false;
    const newest = parts.list.querySelector(".message:last-child");
    newest?.querySelector(".card .button[data-opens]")?.click();
    return true;
  }

  async function begin() {
    await desk.refresh();
    await go(here, { byHand: false });
  }

  const leave = () => {
    desk.end();
    stopKeeping();
  };
  return { seat: person.seat, refresh: desk.refresh, run, start: begin, leave };
}

function layout(inner, onChat, onTeams) {
  const jump = (name, words, onclick) =>
    el("button", { type: "button", class: "rail-jump", onclick }, icon(name), el("span", {}, words), el("span", { class: "unread", hidden: true, "aria-hidden": "true" }));
  const parts = {
    toChat: jump("chat", "Chat", onChat),
    toTeams: jump("people", "Teams", onTeams),
    side: el("nav", { class: "side", "aria-label": "Places" }),
    face: el("span", { class: "place-face" }),
    title: el("h2", {}),
    about: el("span", { class: "place-about" }),
    tab: el("span", { class: "tab", "aria-hidden": "true" }),
    list: el("ol", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0" }),
    foot: el("div", { class: "foot" }),
  };
  const rail = el("div", { class: "rail", role: "group", "aria-label": "Kinds of places" }, parts.toChat, parts.toTeams);
  const head = el("div", { class: "place-head" }, parts.face, parts.title, parts.about, parts.tab);
  inner.replaceChildren(rail, parts.side, el("div", { class: "place-main" }, head, parts.list, parts.foot));
  return parts;
}
