// The messages of a chat as bubbles and cards, and those of a channel as posts.

import { el } from "../dom.js";
import { menu } from "../menu.js";
import { avatar } from "../people.js";
import { clock, full } from "../time.js";
import { adaptiveCard } from "./adaptive.js";
import { showErrors } from "./inputs.js";

/** One message; `view` is the window: who looks, in which zone, and what pressing does. */
export function row(message, { at, follows }, view) {
  const author = view.people.get(message.author) ?? { name: message.name, kind: message.author === "bot" ? "bot" : "person" };
  const mine = message.author === view.me && !view.isChannel;
  const time = el("time", { datetime: at.toISOString(), title: full(at, view.zone) }, clock(at, view.zone));
  const edited = message.edited && author.kind !== "bot" ? el("span", { class: "edited" }, "Edited") : null;
  const name = mine ? null : el("strong", { dir: "auto" }, author.name);
  const head = follows ? null : el("div", { class: "message-head" }, name, time, edited);
  const side = mine ? null : el("div", { class: "message-side" }, follows ? null : avatar(author));
  const kinds = ["message", mine ? "mine" : "theirs", view.isChannel ? "post" : "", follows ? "follows" : ""].filter(Boolean).join(" ");
  const main = el("div", { class: "message-main" }, head, el("div", { class: "message-body" }, contents(message, view)));
  return el("li", { class: kinds }, side, main, moreOf(message, author, view));
}

function contents(message, view) {
  const words = message.text ? el("div", { class: "bubble", dir: "auto" }, withMentions(message.text, view.mentions)) : null;
  const cards = message.cards.map((card, index) => {
    const drawn = adaptiveCard(card, view.surface(message, index));
    showErrors(drawn, message.errors);
    return el("div", { class: "card" }, drawn);
  });
  return [words, ...cards];
}

/** Names that somebody was called by stand out; everything else is literal. */
function withMentions(text, names) {
  const parts = [];
  let from = 0;
  for (const hit of text.matchAll(names)) {
    parts.push(text.slice(from, hit.index), el("span", { class: "mention" }, hit[1]));
    from = hit.index + hit[0].length;
  }
  return [...parts, text.slice(from)];
}

/** What finds the mention of one of these names. */
export function mentionsOf(names) {
  const each = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])@(${each.join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

function moreOf(message, author, view) {
  const items = view.entries.map(({ id, label }) => ({ label, note: "OneOnOne", run: () => view.messageAction(message, id) }));
  return menu({ label: `More actions for the message from ${author.name}`, title: "More actions", items });
}
