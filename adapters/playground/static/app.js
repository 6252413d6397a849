// Puts the page together: two windows, the cards, the panel, and the stream of changes.

import { el } from "./dom.js";
import { follow, get, post } from "./net.js";
import { forgetTour, tour } from "./tour.js";
import { chatWindow } from "./window.js";
import { wirePanel } from "./wire.js";

const SIDES = ["left", "right"];
const remembered = (side, stage) => {
  const id = sessionStorage.getItem(`oneonone.${side}`);
  return stage.people.some((each) => each.id === id && each.acts) ? id : stage.starts[SIDES.indexOf(side)];
};

const stage = await get("/api/stage");
const byId = new Map(stage.people.map((each) => [each.id, each]));
let windows = null;
const switches = switchBetween((side) => windows?.[side].refresh());
windows = Object.fromEntries(SIDES.map((side) => [side, open(side)]));
const wire = wirePanel(document.querySelector("#wire"));

tour(document.querySelector("#tour"), [
  { title: `Start a 1-on-1 with ${first(stage.starts[1])}`, says: `${first(stage.starts[0])} asks, ${first(stage.starts[1])} hears of it`, go: () => show("/oneonone start @" + byId.get(stage.starts[1]).handle) },
  { title: "Add something to the agenda", says: "It stays until you have talked about it", go: () => show("/oneonone add") },
  { title: "Meet and wrap up", says: "Discussed, or carried over", go: () => show("/oneonone meet") },
]);

const pending = new Set();
let timer = 0;
follow({
  onChange: ({ topic, person }) => {
    if (topic === "wire") pending.add("wire");
    else for (const side of SIDES) if (!person || windows[side].person === person) pending.add(side);
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

document.querySelector("#about-open").addEventListener("click", () => document.querySelector("#about").showModal());
document.querySelector("#reset").addEventListener("click", async (event) => {
  event.currentTarget.disabled = true;
  try {
    await post("/api/reset");
    for (const side of SIDES) sessionStorage.removeItem(`oneonone.${side}`);
    forgetTour();
  } finally {
    location.reload();
  }
});

function open(side) {
  const person = remembered(side, stage);
  return chatWindow(document.querySelector(`.window[data-side=${side}]`), stage, {
    person,
    place: side === "left" ? "home" : "messages",
    onNews: (count) => switches.news(side, count),
    onPerson: (id) => {
      sessionStorage.setItem(`oneonone.${side}`, id);
      switches.name(side, id);
    },
  });
}

async function show(command) {
  switches.choose("left");
  if (windows.left.person !== stage.starts[0]) await windows.left.become(stage.starts[0]);
  return windows.left.run(command);
}

function flush() {
  timer = 0;
  const due = [...pending];
  pending.clear();
  for (const each of due) (each === "wire" ? wire : windows[each]).refresh().catch(() => {});
}

function refreshAll() {
  return Promise.all([...SIDES.map((side) => windows[side].refresh()), wire.refresh()]).catch(() => {});
}

function first(id) {
  return byId.get(id).name.split(" ")[0];
}

/** On a narrow screen one window at a time. */
function switchBetween(onShown) {
  const root = document.querySelector(".switch");
  const buttons = Object.fromEntries(SIDES.map((side) => [side, el("button", { type: "button", onclick: () => choose(side) })]));
  root.append(...Object.values(buttons));
  function choose(side) {
    document.body.dataset.shown = side;
    for (const each of SIDES) buttons[each].setAttribute("aria-pressed", String(each === side));
    onShown(side);
  }
  function name(side, id) {
    buttons[side].replaceChildren(first(id), el("span", { class: "unread", hidden: true }));
  }
  function news(side, count) {
    const mark = buttons[side].querySelector(".unread");
    mark.hidden = count === 0;
    mark.textContent = String(count);
  }
  for (const side of SIDES) name(side, remembered(side, stage));
  choose("left");
  return { choose, name, news };
}
