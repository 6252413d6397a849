// Puts the page together: two windows, the bar, the cards, the panel, and the stream of changes.

import { clockBar } from "./bar.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { follow, get, post } from "./net.js";
import { PLATFORMS, firstName } from "./people.js";
import { forgetTour, tour } from "./tour.js";
import { chatWindow } from "./window.js";
import { wirePanel } from "./wire.js";

const SIDES = ["left", "right"];
const ONE_AT_A_TIME = matchMedia("(max-width: 760px)");
const memory = (side) => `oneonone.${side}`;

const stage = await get("/api/stage");
const people = new Map(stage.people.map((each) => [each.seat, each]));
let windows = null;
const switches = switchBetween((side) => windows && Promise.all([windows[side].refresh(), bar.refresh()]));
windows = Object.fromEntries(SIDES.map((side) => [side, open(side)]));
const wire = wirePanel(document.querySelector("#wire"));
const bar = clockBar(document.querySelector("#clock"), {
  zone: () => people.get(windows[ONE_AT_A_TIME.matches ? document.body.dataset.shown : "left"].seat).zone,
  onMove: () => Promise.all(SIDES.map((side) => windows[side].start())),
});
const parts = { ...windows, wire, bar };

const [first, second] = stage.starts.map((seat) => people.get(seat));
tour(document.querySelector("#tour"), [
  { title: `Start a 1-on-1 with ${firstName(second)}`, says: `As ${firstName(first)}, in ${PLATFORMS[first.platform]}`, go: () => act(0, first, "start", second) },
  { title: "Add something to the agenda", says: "It stays until you have talked about it", go: () => act(0, first, "add") },
  { title: `Open it as ${firstName(second)}`, says: `The same agenda, in ${PLATFORMS[second.platform]}`, go: () => act(1, second, "", first) },
]);

const pending = new Set();
let timer = 0;
follow({
  onChange: ({ topic, platform, seat }) => {
    pending.add("bar");
    if (topic === "wire") pending.add("wire");
    else for (const side of SIDES) if (windows[side].seat === seat || (!seat && windows[side].seat.startsWith(`${platform}:`))) pending.add(side);
    if (!timer) timer = setTimeout(flush, 30);
  },
  onOpen: () => {
    document.querySelector("#lost").hidden = true;
    refreshAll();
  },
  onLost: () => {
    document.querySelector("#lost").hidden = false;
  },
});
refreshAll().then(() => SIDES.forEach((side) => windows[side].start()));

document.querySelector("#about-open").append(icon("question"), el("span", { class: "long" }, "What is this?"));
document.querySelector("#reset").append(icon("again"), el("span", { class: "long" }, "Start over"));
document.querySelector("#about-open").addEventListener("click", () => document.querySelector("#about").showModal());
document.querySelector("#reset").addEventListener("click", async (event) => {
  event.currentTarget.disabled = true;
  try {
    await post("/api/reset");
    for (const side of SIDES) sessionStorage.removeItem(memory(side));
    forgetTour();
  } finally {
    location.reload();
  }
});

function open(side) {
  const kept = sessionStorage.getItem(memory(side));
  const seat = people.get(kept)?.acts ? kept : stage.starts[SIDES.indexOf(side)];
  switches.name(side, seat);
  return chatWindow(document.querySelector(`.window[data-side=${side}]`), stage, {
    seat,
    onNews: (count) => switches.news(side, count),
    onSeat: (chosen) => {
      sessionStorage.setItem(memory(side), chosen);
      switches.name(side, chosen);
      parts.bar.refresh();
    },
  });
}

/** Types a command for the visitor; `other` is named as one would on that platform. */
async function act(index, person, verb, other) {
  const side = SIDES[index];
  switches.choose(side);
  if (windows[side].seat !== person.seat) await windows[side].become(person.seat);
  return windows[side].run({ verb, other });
}

function flush() {
  timer = 0;
  const due = [...pending];
  pending.clear();
  for (const each of due) parts[each].refresh().catch(() => {});
}

function refreshAll() {
  return Promise.all(Object.values(parts).map((each) => each.refresh())).catch(() => {});
}

/** On a narrow screen one window at a time. */
function switchBetween(onShown) {
  const root = document.querySelector(".switch");
  const button = (side) => el("button", { type: "button", onclick: () => choose(side) });
  const buttons = Object.fromEntries(SIDES.map((side) => [side, button(side)]));
  root.append(...Object.values(buttons));
  function choose(side) {
    document.body.dataset.shown = side;
    for (const each of SIDES) buttons[each].setAttribute("aria-pressed", String(each === side));
    onShown(side);
  }
  function name(side, seat) {
    const person = people.get(seat);
    buttons[side].replaceChildren(el("span", {}, firstName(person)), el("small", {}, PLATFORMS[person.platform]), el("span", { class: "unread", hidden: true }));
  }
  function news(side, count) {
    const dot = buttons[side].querySelector(".unread");
    dot.hidden = count === 0;
    dot.textContent = String(count);
  }
  choose("left");
  return { choose, name, news };
}
