// A list of messages, with the days between them; what is new comes into view while the end is in view.

import { el, keepingFocus, reconcile } from "./dom.js";
import { dayName } from "./time.js";

const CLOSE = 80; // pixels that still count as the end
const SOON = 300; // seconds within which somebody goes on speaking

/** `read` tells of a message: { key, at: Date, author, aside }; `row(message, facts)` draws it. */
export function drawLog(list, messages, { read, row, zone, now }) {
  const rows = [];
  let day = "";
  let before = null;
  for (const message of messages) {
    const facts = read(message);
    const today = dayName(facts.at, zone, now);
    if (today !== day) rows.push({ key: `day ${today}`, print: "", make: () => el("li", { class: "day" }, el("span", {}, today)) });
    const follows = today === day && goesOn(before, facts);
    rows.push({ key: facts.key, print: JSON.stringify([message, follows]), make: () => row(message, { ...facts, follows }) });
    day = today;
    before = facts;
  }
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < CLOSE;
  const isFirst = list.childElementCount === 0;
  keepingFocus(list, () => reconcile(list, rows));
  list.classList.toggle("empty", rows.length === 0);
  if (atEnd || isFirst) list.scrollTop = list.scrollHeight;
}

function goesOn(before, { author, aside, at }) {
  return before !== null && before.author === author && before.aside === aside && at - before.at < SOON * 1000;
}

/** Keeps the newest message in view when the list gets smaller. */
export function keepAtEnd(list) {
  let atEnd = true;
  list.addEventListener("scroll", () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < CLOSE / 2;
  });
  const observer = new ResizeObserver(() => {
    if (atEnd) list.scrollTop = list.scrollHeight;
  });
  observer.observe(list);
  return () => observer.disconnect();
}
