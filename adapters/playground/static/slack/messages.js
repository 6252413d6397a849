// A channel's messages, oldest first, one below the other.

import { el } from "../dom.js";
import { menu } from "../menu.js";
import { avatar } from "../people.js";
import { clock, full } from "../time.js";
import { blocks } from "./blocks.js";
import { mrkdwn } from "./text.js";

/** One message; `view` is the window: who looks, in which zone, and what pressing does. */
export function row(message, { at, follows }, view) {
  const author = view.people.get(message.user) ?? { name: "Somebody", kind: "person" };
  const time = el("time", { datetime: at.toISOString(), title: full(at, view.zone) }, clock(at, view.zone));
  const badge = author.kind === "bot" ? el("span", { class: "badge" }, "APP") : null;
  const head = follows ? null : el("div", { class: "message-head" }, el("strong", {}, author.name), badge, time);
  const only = message.only_you && !follows ? el("div", { class: "only-you" }, "Only visible to you") : null;
  const edited = message.edited && author.kind !== "bot" ? el("span", { class: "edited" }, "(edited)") : null;
  const body = el("div", { class: "message-body" }, ...contents(message, view), edited);
  const kinds = `message${message.only_you ? " ephemeral" : ""}${follows ? " follows" : ""}`;
  const side = el("div", { class: "message-side" }, follows ? time : avatar(author));
  const more = message.only_you ? null : moreOf(message, author, view);
  return el("li", { class: kinds, "data-ts": message.ts }, side, el("div", { class: "message-main" }, only, head, body), more);
}

function contents(message, view) {
  if (message.blocks.length) return blocks(message.blocks, view.surface({ channel: message.channel, ts: message.ts }));
  return [el("div", { class: "block rich", dir: "auto" }, el("p", {}, mrkdwn(message.text, view.names)))];
}

function moreOf(message, author, view) {
  const items = view.entries.map(({ id, label }) => ({ label, note: "OneOnOne", run: () => view.shortcut(message, id) }));
  return menu({ label: `More actions for the message from ${author.name}`, title: "More actions", items });
}
