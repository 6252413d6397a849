// A channel's messages, oldest first.

import { blocks } from "./blocks.js";
import { el, reconcile } from "./dom.js";
import { mrkdwn } from "./text.js";

const HUES = [164, 28, 262, 205, 340, 95, 300, 50, 230, 12];

/** The square with initials that stands for a person; `bot` gets the app's mark. */
export function avatar(person) {
  if (person.kind === "bot") return el("img", { class: "avatar", src: "/static/icon.svg", alt: "" });
  const initials = person.name.split(/\s+/).map((word) => [...word][0]).slice(0, 2).join("");
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, initials);
  node.style.setProperty("--hue", HUES[person.index % HUES.length]);
  return node;
}

/** Draws messages into `list`; `view` is the window: who looks, in which zone, and what pressing does. */
export function drawMessages(list, messages, view) {
  const rows = [];
  let day = "";
  let before = null;
  for (const message of messages) {
    const at = new Date(Number(message.ts) * 1000);
    const today = dayName(at, view.zone, view.now);
    if (today !== day) rows.push({ key: `day ${today}`, print: "", make: () => el("li", { class: "day" }, el("span", {}, today)) });
    const follows = before && today === day && before.user === message.user && before.only_you === message.only_you
      && Number(message.ts) - Number(before.ts) < 300;
    rows.push({ key: message.ts, print: JSON.stringify([message, follows]), make: () => row(message, at, follows, view) });
    day = today;
    before = message;
  }
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const count = list.childElementCount;
  reconcile(list, rows);
  if (atEnd || count === 0) list.scrollTop = list.scrollHeight;
}

function row(message, at, follows, view) {
  const author = view.people.get(message.user) ?? { name: "Somebody", kind: "person", index: 0 };
  const time = el("time", { datetime: at.toISOString(), title: full(at, view.zone) }, clock(at, view.zone));
  const badge = author.kind === "bot" ? el("span", { class: "badge" }, "APP") : null;
  const head = follows ? null : el("div", { class: "message-head" }, el("strong", {}, author.name), badge, time);
  const only = message.only_you && !follows ? el("div", { class: "only-you" }, "Only visible to you") : null;
  const edited = message.edited && author.kind !== "bot" ? el("span", { class: "edited" }, "(edited)") : null;
  const body = el("div", { class: "message-body" }, ...contents(message, view), edited);
  const kinds = `message${message.only_you ? " ephemeral" : ""}${follows ? " follows" : ""}`;
  const side = el("div", { class: "message-side" }, follows ? time : avatar(author));
  const menu = message.only_you ? null : more(message, author, view);
  return el("li", { class: kinds, "data-ts": message.ts }, side, el("div", { class: "message-main" }, only, head, body), menu);
}

function contents(message, view) {
  if (message.blocks.length) return blocks(message.blocks, view.surface({ channel: message.channel, ts: message.ts }));
  return [el("div", { class: "block rich", dir: "auto" }, el("p", {}, mrkdwn(message.text, view.names)))];
}

function more(message, author, view) {
  const items = el("div", { class: "menu", role: "menu", hidden: true });
  const opener = el("button", {
    type: "button",
    class: "more",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-label": `More actions for the message from ${author.name}`,
    title: "More actions",
  }, "…");
  const close = () => {
    items.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  };
  const add = el("button", { type: "button", role: "menuitem" }, "Add to 1-on-1", el("small", {}, "OneOnOne"));
  add.addEventListener("click", () => {
    close();
    opener.focus();
    view.shortcut(message);
  });
  items.append(add);
  opener.addEventListener("click", () => {
    items.hidden = !items.hidden;
    opener.setAttribute("aria-expanded", String(!items.hidden));
    if (!items.hidden) add.focus();
  });
  const node = el("div", { class: "more-holder" }, opener, items);
  node.addEventListener("focusout", (event) => {
    if (!node.contains(event.relatedTarget)) close();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || items.hidden) return;
    event.stopPropagation();
    close();
    opener.focus();
  });
  return node;
}

export const clock = (at, zone) => at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });

const full = (at, zone) => at.toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium", timeZone: zone });

function dayName(at, zone, now) {
  const date = (moment) => moment.toLocaleDateString("en-CA", { timeZone: zone });
  if (date(at) === date(now)) return "Today";
  if (date(at) === date(new Date(now - 86_400_000))) return "Yesterday";
  return at.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: zone });
}
