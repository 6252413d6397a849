// Slack as one person has it: a sidebar, Home, the chat with the app, channels, modals.

import { commandOffers, composer, peopleOffers } from "../composer.js";
import { busy, el, keepingFocus, showCurrent } from "../dom.js";
import { drawLog, keepAtEnd } from "../log.js";
import { called, colleagues, everybodyBut } from "../people.js";
import { enteredValues, readMarks, session } from "../session.js";
import { blocks } from "./blocks.js";
import { fromState } from "./fields.js";
import { row } from "./messages.js";
import { modalOver } from "./modal.js";

const COMMAND = "/oneonone";
const IS_COMMAND = /^\/oneonone\b/i;

/** `at` is the window: { root, stage, person, parts, toast, onDraw(state, news) }. */
export function slackClient(at) {
  const { stage, person, toast } = at;
  const app = stage.app;
  const people = colleagues(stage, "slack");
  const names = new Map([...people].map(([id, each]) => [id, each.name]));
  const others = everybodyBut(stage, person);
  const entered = enteredValues();
  const unreadIn = readMarks({ at: (message) => Number(message.ts), author: (message) => message.user, me: person.id });
  const desk = session(person.seat, { draw, toast });
  const { hand } = desk;
  let here = at.root.dataset.side === "left" ? "home" : "messages"; // or a channel's id; "messages" is the chat with the app

  const parts = layout(at.parts.inner);
  const box = composer({ offers, send });
  parts.foot.append(box.node);
  const stopKeeping = keepAtEnd(parts.list);
  const modal = modalOver(at.parts.over, at.parts.inner, {
    surface: (view) => surface({ view: view.id }, view.values),
    submit: (view, button) => busy(button, () => hand({ do: "submit", view: view.id, fields: typedIn(view.id) })),
    close: (view) => hand({ do: "close", view: view.id }),
    closeAll: (view) => hand({ do: "close_all", view: view.id }),
  });

  function draw(state) {
    if (here !== "home" && !state.places.some((each) => each.id === here)) here = dm().id;
    const counts = new Map(state.places.map((each) => [each.id, unread(each)]));
    drawSidebar(counts);
    drawPlace(state);
    modal.draw(state.modals);
    at.onDraw(state, [...counts.values()].reduce((sum, each) => sum + each, 0));
  }

  const dm = () => desk.state.places.find((each) => each.kind === "app");
  const isShown = () => at.root.getClientRects().length > 0; // a narrow screen hides one window
  const unread = (each) => unreadIn(each, each.id === here && isShown());

  function drawSidebar(counts) {
    const link = (id, name, count) =>
      el("button", { type: "button", class: "place", "aria-current": id === here ? "page" : null, "data-name": `place ${id}`, onclick: () => go(id) },
        el("span", {}, name), count ? el("span", { class: "unread", "aria-label": `${count} new` }, String(count)) : null);
    const channels = desk.state.places.filter((each) => each.kind !== "app");
    keepingFocus(parts.side, () =>
      parts.side.replaceChildren(
        el("h3", {}, app.name), link("home", "Home", 0), link(dm().id, "Messages", counts.get(dm().id)),
        el("h3", {}, "Channels"), ...channels.map((each) => link(each.id, `# ${each.name}`, counts.get(each.id))),
      ),
    );
  }

  function drawPlace(state) {
    const atHome = here === "home";
    parts.home.hidden = !atHome;
    parts.list.hidden = atHome;
    parts.foot.hidden = atHome;
    if (atHome) return drawHome(state);
    const there = state.places.find((each) => each.id === here);
    const isApp = there.kind === "app";
    parts.title.textContent = isApp ? "Messages" : `# ${there.name}`;
    parts.about.textContent = isApp ? `you and ${app.name}` : `${there.members} people${there.has_app ? "" : `, without ${app.name}`}`;
    parts.list.setAttribute("aria-label", isApp ? `Messages with ${app.name}` : `Messages in ${there.name}`);
    box.placeholder(isApp ? `Message ${app.name} or type /` : `Message #${there.name} or type /`);
    const view = { people, names, zone: person.zone, now: new Date(state.now * 1000), surface, entries: stage.entries, shortcut };
    const read = (message) => ({ key: message.ts, at: new Date(Number(message.ts) * 1000), author: message.user, aside: message.only_you });
    return drawLog(parts.list, there.messages, { ...view, read, row: (message, facts) => row(message, facts, view) });
  }

  function drawHome({ home }) {
    parts.title.textContent = "Home";
    parts.about.textContent = app.name;
    const print = home ? `${home.id} ${home.hash}` : "none";
    if (parts.home.dataset.print === print) return;
    parts.home.dataset.print = print;
    const waiting = [el("p", { class: "waiting" }, `${app.name} is getting your Home ready.`)];
    const drawn = home ? blocks(home.blocks, surface({ view: home.id }, home.values)) : waiting;
    keepingFocus(parts.home, () => parts.home.replaceChildren(...drawn));
  }

  /** What blocks need to know and do, on one message or view. */
  function surface(on, values = {}) {
    const where = on.view ?? `${on.channel} ${on.ts}`;
    const path = (block, element) => `${block.block_id}/${element.action_id}`;
    const kept = (block, element) => values[block.block_id]?.[element.action_id] ?? start(element);
    const form = {
      value: (block, element) => (entered.has(where, path(block, element)) ? entered.get(where, path(block, element)) : fromState(kept(block, element))),
      label: (block, element) => kept(block, element)?.selected_option?.text.text ?? null,
      set: (block, element, value) => {
        // What is chosen from the app's own offers is told at once, while the stand-in still knows the offers.
        if (element.type === "external_select") hand({ do: "fill", ...on, block: block.block_id, value });
        else entered.set(where, path(block, element), value);
      },
      search: async (block, element, query) => (await hand({ do: "options", ...on, block: block.block_id, query })).options ?? [],
    };
    const spot = (block, element) => ({ ...on, block: block.block_id, action: element.action_id, fields: typedIn(on.view) });
    return {
      names,
      form,
      press: (block, element, node) => busy(node, () => hand({ do: "press", ...spot(block, element) })),
      choose: (block, element, value) => hand({ do: "choose", ...spot(block, element), value }),
    };
  }

  function typedIn(view) {
    return view ? entered.of(view).map(([path, value]) => ({ block: path.split("/")[0], value })) : [];
  }

  function offers(text) {
    const named = peopleOffers(text, others, (each) => `${called(each, "slack")} `);
    if (named.length || !text.startsWith("/")) return named;
    return commandOffers(text, stage.hints.slack);
  }

  async function send(text) {
    const channel = ["home", "messages"].includes(here) ? dm().id : here;
    if (text.startsWith("/") && !IS_COMMAND.test(text)) {
      toast(`${text.split(" ")[0]} is not a command here. Try ${COMMAND} help.`);
      return false;
    }
    const words = text.replace(IS_COMMAND, "").trim();
    const answer = await hand(IS_COMMAND.test(text) ? { do: "command", text: words, channel } : { do: "say", text, channel });
    if (answer.ok) parts.list.scrollTop = parts.list.scrollHeight;
    return Boolean(answer.ok);
  }

  const shortcut = (message, entry) => hand({ do: "shortcut", entry, channel: message.channel, ts: message.ts });

  /** Opens Home, the chat with the app, or a channel; `byHand` puts the cursor where one writes. */
  async function go(id, { byHand = true } = {}) {
    here = id;
    draw(desk.state);
    showCurrent(parts.side);
    if (id !== "home") parts.list.scrollTop = parts.list.scrollHeight;
    if (id !== "home" && byHand && matchMedia("(hover: hover)").matches) box.box.focus({ preventScroll: true });
    if (id === "home") await hand({ do: "home" });
    else if (id === dm().id) await hand({ do: "messages" });
  }

  /** Types a command for the visitor, in Messages, where its answer will be. */
  async function run({ verb, other }) {
    if (here === "home") {
      here = dm().id;
      draw(desk.state);
    }
    return send([COMMAND, verb, other ? called(other, "slack") : ""].filter(Boolean).join(" "));
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

/** The state of an element that nobody touched. */
function start(element) {
  return {
    value: element.initial_value ?? null,
    selected_option: element.initial_option,
    selected_options: element.type === "checkboxes" ? element.initial_options ?? [] : undefined,
    selected_date: element.initial_date,
    selected_time: element.initial_time,
  };
}

function layout(inner) {
  const parts = {
    side: el("nav", { class: "side", "aria-label": "Places" }),
    title: el("h2", {}),
    about: el("span", { class: "place-about" }),
    home: el("div", { class: "home", hidden: true, tabindex: "-1" }),
    list: el("ol", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0" }),
    foot: el("div", { class: "foot" }),
  };
  const main = el("div", { class: "place-main" }, el("div", { class: "place-head" }, parts.title, parts.about), parts.home, parts.list, parts.foot);
  inner.replaceChildren(parts.side, main);
  return parts;
}
