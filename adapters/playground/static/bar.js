// The clock of the playground, and ways to move it: what is due by then arrives at once.

import { busy, el } from "./dom.js";
import { icon } from "./icons.js";
import { get, post } from "./net.js";
import { ahead, city, clock, date } from "./time.js";

const MINUTE = 20_000; // milliseconds after which the time is told anew
const MOVES = [
  { move: "hour", label: "+ 1 hour" },
  { move: "day", label: "+ 1 day" },
  { move: "next", label: "To the next reminder", short: icon("next") },
];

/** `zone()` is where the time is told for; `onMove` draws what a moved clock changed. */
export function clockBar(root, { zone, onMove }) {
  const day = el("strong", {});
  const hour = el("span", {});
  const where = el("span", { class: "clock-city" });
  const time = el("span", { class: "clock-time" }, hour, where);
  const moved = el("span", { class: "clock-ahead" });
  const buttons = new Map(MOVES.map((each) => [each.move, button(each)]));
  const said = el("span", { class: "unseen", role: "status" });
  root.replaceChildren(
    icon("clock"),
    el("div", { class: "clock-now" }, day, time, moved),
    el("div", { class: "clock-moves", role: "group", "aria-label": "Move the clock" }, ...buttons.values()),
    said,
  );

  function button({ move, label, short }) {
    const words = short ? [short, el("span", { class: "long" }, label)] : label;
    return el("button", { type: "button", class: "clock-move", "aria-label": label, onclick: (event) => go(move, event.currentTarget) }, words);
  }

  const go = (move, node) => {
    if (node.getAttribute("aria-disabled") === "true") return undefined;
    return busy(node, async () => {
      const state = await post("/api/clock", { move });
      draw(state);
      await onMove();
      said.textContent = `It is ${day.textContent}, ${time.textContent}.`;
    });
  };

  const draw = ({ now, ahead: seconds, next }) => {
    const at = new Date(now * 1000);
    day.textContent = date(at, zone());
    hour.textContent = clock(at, zone());
    where.textContent = ` in ${city(zone())}`;
    moved.textContent = ahead(seconds);
    const skip = buttons.get("next");
    const hint = next ? `${date(new Date(next * 1000), zone())}, ${clock(new Date(next * 1000), zone())}` : "No message is waiting to be sent";
    skip.title = hint;
    skip.setAttribute("aria-disabled", String(!next));
  };

  const refresh = async () => draw(await get("/api/clock"));
  setInterval(() => refresh().catch(() => {}), MINUTE);
  return { refresh };
}
