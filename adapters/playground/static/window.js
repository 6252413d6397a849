// One chat window: who looks, where they are, and what they do there.

import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { el, keepingFocus } from "./dom.js";
import { fromState } from "./fields.js";
import { avatar, clock, drawMessages } from "./messages.js";
import { modalOver } from "./modal.js";
import { act, get } from "./net.js";

const FAILED = {
  operation_timeout: "OneOnOne did not respond in time. Nothing you typed is lost: try again.",
  dispatch_failed: "OneOnOne did not respond as it should. Try again.",
  invalid_answer: "Slack would not have shown what OneOnOne answered.",
};
const COMMAND = /^\/oneonone\b/i;

/** `stage` is what does not change: people, hints, the app. `onNews` hears of what arrives unseen. */
export function chatWindow(root, stage, { person, place, onNews, onPerson }) {
  const names = new Map(stage.people.map((each) => [each.id, each.name]));
  const people = new Map(stage.people.map((each, index) => [each.id, { ...each, index }]));
  const entered = new Map(); // by surface and element: what was typed or chosen and the app does not know yet
  const read = new Map(); // by place: the newest message that was looked at
  let me = person;
  let here = place; // "home" or a channel's id; any other word is the chat with the app
  let state = null;
  let running = null;
  let again = false;
  let settled = Promise.resolve();

  const parts = frame(root, stage, me);
  const box = composer({ hints: stage.hints, people: () => stage.people.filter((each) => each.kind !== "bot"), send });
  parts.foot.append(box.node);
  const modal = modalOver(parts.over, {
    surface: (view) => surface({ view: view.id }, view.values),
    submit: (view, button) => busy(button, async () => {
      await hand({ do: "submit", view: view.id, fields: typedIn(view.id) });
    }),
    close: (view) => hand({ do: "close", view: view.id }),
    closeAll: (view) => hand({ do: "close_all", view: view.id }),
  });

  // The newest message stays in view when the window gets smaller.
  let atEnd = true;
  parts.list.addEventListener("scroll", () => {
    atEnd = parts.list.scrollHeight - parts.list.scrollTop - parts.list.clientHeight < 40;
  });
  new ResizeObserver(() => atEnd && scrollDown()).observe(parts.list);

  parts.picker.addEventListener("change", () => become(parts.picker.value));

  /** Asks for the screen; when asked again meanwhile, once more, so that what is drawn is never older than the wish. */
  function refresh() {
    again = running !== null;
    running ??= ask().finally(() => {
      running = null;
    });
    return running;
  }

  async function ask() {
    do {
      again = false;
      const fresh = await get(`/api/state?person=${encodeURIComponent(me)}`);
      if (fresh.person !== me) again = true;
      else {
        state = fresh;
        draw();
      }
    } while (again);
  }

  function draw() {
    if (here !== "home" && !state.places.some((each) => each.id === here)) here = dm().id;
    drawHead();
    drawSidebar();
    drawPlace();
    if (!state.modals.length) parts.inner.inert = false; // before the modal gives the focus back
    modal.draw(state.modals);
    parts.inner.inert = state.modals.length > 0;
    onNews(news());
  }

  const dm = () => state.places.find((each) => each.kind === "app");
  const zone = () => people.get(me).zone;
  const now = () => new Date(state.now * 1000);

  function drawHead() {
    const mine = people.get(me);
    root.setAttribute("aria-label", `Window of ${mine.name}`);
    parts.picker.value = me;
    parts.name.textContent = mine.name;
    parts.face.replaceChildren(avatar(mine));
    parts.where.textContent = `${mine.zone.split("/").at(-1).replace("_", " ")} ${clock(now(), mine.zone)}`;
    parts.role.textContent = mine.title;
  }

  function unread(each) {
    const last = each.messages.at(-1);
    const looking = each.id === here && root.getClientRects().length > 0; // a narrow screen hides one window
    if (!read.has(each.id) || looking) {
      read.set(each.id, last?.ts ?? "0");
      return 0;
    }
    return each.messages.filter((message) => message.ts > read.get(each.id) && message.user !== me).length;
  }

  const news = () => state.places.reduce((sum, each) => sum + unread(each), 0);

  function drawSidebar() {
    const link = (id, name, count) =>
      el("button", { type: "button", class: "place", "aria-current": id === here ? "page" : null, "data-name": `place ${id}`, onclick: () => go(id) },
        el("span", {}, name), count ? el("span", { class: "unread", "aria-label": `${count} new` }, String(count)) : null);
    const channels = state.places.filter((each) => each.kind !== "app");
    keepingFocus(parts.side, () =>
      parts.side.replaceChildren(
        el("h3", {}, stage.app.name), link("home", "Home", 0), link(dm().id, "Messages", unread(dm())),
        el("h3", {}, "Channels"), ...channels.map((each) => link(each.id, `# ${each.name}`, unread(each))),
      ),
    );
  }

  function drawPlace() {
    const atHome = here === "home";
    parts.home.hidden = !atHome;
    parts.list.hidden = atHome;
    parts.foot.hidden = atHome;
    if (atHome) return drawHome();
    const there = state.places.find((each) => each.id === here);
    const isApp = there.kind === "app";
    parts.title.textContent = isApp ? "Messages" : `# ${there.name}`;
    parts.about.textContent = isApp ? `you and ${stage.app.name}` : `${there.members} people${there.has_app ? "" : `, without ${stage.app.name}`}`;
    parts.list.setAttribute("aria-label", isApp ? `Messages with ${stage.app.name}` : `Messages in ${there.name}`);
    box.placeholder(isApp ? `Message ${stage.app.name} or type /` : `Message #${there.name} or type /`);
    const view = { people, names, zone: zone(), now: now(), surface, shortcut };
    parts.list.classList.toggle("empty", there.messages.length === 0);
    drawMessages(parts.list, there.messages, view);
    return undefined;
  }

  function drawHome() {
    parts.title.textContent = "Home";
    parts.about.textContent = stage.app.name;
    const print = state.home ? `${state.home.id} ${state.home.hash}` : "none";
    if (parts.home.dataset.print === `${me} ${print}`) return;
    parts.home.dataset.print = `${me} ${print}`;
    const nothing = () => [el("p", { class: "waiting" }, `${stage.app.name} is getting your Home ready.`)];
    keepingFocus(parts.home, () =>
      parts.home.replaceChildren(...(state.home ? blocks(state.home.blocks, surface({ view: state.home.id }, state.home.values)) : nothing())),
    );
  }

  /** What blocks need to know and do, on one message or view. */
  function surface(on, values = {}) {
    const where = on.view ?? `${on.channel} ${on.ts}`;
    const key = (block, element) => `${where}/${block.block_id}/${element.action_id}`;
    const kept = (block, element) => values[block.block_id]?.[element.action_id];
    const form = {
      value: (block, element) => (entered.has(key(block, element)) ? entered.get(key(block, element)) : fromState(kept(block, element) ?? start(element))),
      label: (block, element) => (kept(block, element) ?? start(element))?.selected_option?.text.text ?? null,
      set: (block, element, value) => {
        // What is chosen from the app's own offers is told at once, while the stand-in still knows the offers.
        if (element.type === "external_select") hand({ do: "fill", ...on, block: block.block_id, value });
        else entered.set(key(block, element), value);
      },
      search: async (block, element, query) => (await hand({ do: "options", ...on, block: block.block_id, query })).options ?? [],
    };
    const spot = (block, element) => ({ ...on, block: block.block_id, action: element.action_id });
    return {
      names,
      form,
      press: (block, element, node) => busy(node, () => hand({ do: "press", ...spot(block, element), fields: typedIn(on.view) })),
      choose: (block, element, value) => hand({ do: "choose", ...spot(block, element), value, fields: typedIn(on.view) }),
    };
  }

  function typedIn(view) {
    if (!view) return [];
    const mine = [...entered].filter(([key]) => key.startsWith(`${view}/`));
    return mine.map(([key, value]) => ({ block: key.slice(view.length + 1).split("/")[0], value }));
  }

  async function hand(intent) {
    await settled; // what was chosen arrives before the form that it belongs to
    const done = carryOut(intent);
    if (intent.do === "fill") settled = done;
    return done;
  }

  async function carryOut(intent) {
    try {
      const answer = await act(me, intent);
      if (answer.failure) toast(failed(answer));
      return answer;
    } catch (error) {
      toast(error.message);
      return {};
    } finally {
      await refresh();
    }
  }

  async function send(text) {
    const channel = here === "home" ? dm().id : here;
    if (text.startsWith("/") && !COMMAND.test(text)) {
      toast(`${text.split(" ")[0]} is not a command here. Try /oneonone help.`);
      return false;
    }
    const words = text.replace(COMMAND, "").trim();
    const isCommand = COMMAND.test(text);
    const answer = await hand(isCommand ? { do: "command", text: words, channel } : { do: "say", text, channel });
    if (answer.ok) scrollDown();
    return Boolean(answer.ok);
  }

  function scrollDown() {
    parts.list.scrollTop = parts.list.scrollHeight;
  }

  const shortcut = (message) => hand({ do: "shortcut", channel: message.channel, ts: message.ts });

  /** Opens Home, the chat with the app, or a channel; `byHand` puts the cursor where one writes. */
  function go(id, { byHand = true } = {}) {
    here = id;
    if (state) draw();
    if (id === "home") hand({ do: "home" });
    else if (id === dm()?.id) hand({ do: "messages" });
    if (id !== "home") {
      scrollDown();
      if (byHand && matchMedia("(hover: hover)").matches) box.box.focus({ preventScroll: true });
    }
  }

  function become(id) {
    me = id;
    entered.clear();
    read.clear();
    state = null;
    onPerson(id);
    return refresh().then(() => (here === "home" ? hand({ do: "home" }) : null));
  }

  /** Types a command for the visitor, in Messages, where its answer will be. */
  async function run(command) {
    if (state && here === "home") {
      here = dm().id;
      draw();
    }
    return send(command);
  }

  function toast(words) {
    const node = el("div", { class: "toast" }, el("span", {}, words), el("button", { type: "button", "aria-label": "Dismiss", onclick: () => node.remove() }, "✕"));
    parts.toasts.replaceChildren(node);
    setTimeout(() => node.remove(), 8000);
  }

  return { refresh, run, become, start: () => go(here, { byHand: false }), get person() { return me; } };
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

async function busy(node, work) {
  if (node?.getAttribute("aria-busy") === "true") return;
  node?.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node?.removeAttribute("aria-busy");
  }
}

function failed({ failure, problems }) {
  const why = problems?.length ? ` (${problems[0]})` : "";
  return `${FAILED[failure] ?? "Something went wrong."}${why}`;
}

function frame(root, stage, me) {
  const picker = el("select", { "aria-label": "Acting as" }, stage.people.filter((each) => each.acts).map((each) => el("option", { value: each.id }, each.name)));
  picker.value = me;
  const parts = {
    picker,
    name: el("span", { "aria-hidden": "true" }),
    face: el("span", { class: "face" }),
    role: el("span", { class: "role" }),
    where: el("span", { class: "where" }),
    side: el("nav", { class: "side", "aria-label": "Places" }),
    title: el("h2", {}),
    about: el("span", { class: "place-about" }),
    home: el("div", { class: "home", hidden: true, tabindex: "-1" }),
    list: el("ol", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0" }),
    foot: el("div", { class: "foot" }),
    over: el("div", { class: "over", hidden: true }),
    toasts: el("div", { class: "toasts", role: "status" }),
  };
  const main = el("div", { class: "place-main" }, el("div", { class: "place-head" }, parts.title, parts.about), parts.home, parts.list, parts.foot);
  parts.inner = el("div", { class: "inner" }, parts.side, main);
  const who = el("div", { class: "who" }, parts.face, el("div", { class: "who-name" }, el("div", { class: "who-pick" }, parts.name, picker), parts.role), el("div", { class: "who-side" }, el("span", { class: "platform" }, "Slack"), parts.where));
  root.replaceChildren(who, el("div", { class: "screen" }, parts.inner, parts.over, parts.toasts));
  return parts;
}
