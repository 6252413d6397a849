// One of the two windows: who sits before it, on which platform, and what they have on their screen there.

import { el } from "./dom.js";
import { icon, mark } from "./icons.js";
import { PLATFORMS, avatar } from "./people.js";
import { slackClient } from "./slack/client.js";
import { teamsClient } from "./teams/client.js";
import { city, clock, weekday } from "./time.js";

const CLIENTS = { slack: slackClient, teams: teamsClient };
const TOAST = 8000; // milliseconds

/** `stage` is what does not change: people, hints, the app. `onNews` hears of what arrives unseen, `onSeat` of who sits here. */
export function chatWindow(root, stage, { seat, onNews, onSeat }) {
  const parts = frame(root, stage, (chosen) => become(chosen));
  const seats = new Map(stage.people.filter((each) => each.acts).map((each) => [each.seat, each]));
  let client = null;

  function sit(chosen) {
    const person = seats.get(chosen);
    client?.leave();
    root.dataset.platform = person.platform;
    root.setAttribute("aria-label", `Window of ${person.name}, in ${PLATFORMS[person.platform]}`);
    parts.picker.value = chosen;
    parts.name.textContent = person.name;
    parts.role.textContent = person.title;
    parts.face.replaceChildren(avatar(person));
    parts.mark.replaceChildren(mark(person.platform));
    parts.platform.textContent = PLATFORMS[person.platform];
    parts.inner.className = `inner ${person.platform}`;
    parts.inner.inert = false;
    parts.over.hidden = true;
    parts.toasts.replaceChildren();
    client = CLIENTS[person.platform]({
      root,
      stage,
      person,
      parts,
      toast,
      onDraw: (state, news) => {
        tellTime(person, state.now);
        onNews(news);
      },
    });
  }

  function become(chosen) {
    sit(chosen);
    onSeat(chosen);
    return client.start();
  }

  function tellTime({ zone }, now) {
    const at = new Date(now * 1000);
    parts.where.textContent = `${city(zone)}, ${weekday(at, zone)} ${clock(at, zone)}`;
  }

  function toast(words) {
    const gone = () => node.remove();
    const cross = el("button", { type: "button", "aria-label": "Dismiss", onclick: gone }, icon("close"));
    const node = el("div", { class: "toast" }, el("span", { dir: "auto" }, words), cross);
    parts.toasts.replaceChildren(node);
    setTimeout(gone, TOAST);
  }

  sit(seat);
  return {
    become,
    start: () => client.start(),
    refresh: () => client.refresh(),
    run: (words) => client.run(words),
    get seat() { return client.seat; },
  };
}

function frame(root, stage, onPick) {
  const picker = el("select", { "aria-label": "Acting as" }, Object.entries(PLATFORMS).map(([platform, name]) => group(stage, platform, name)));
  picker.addEventListener("change", () => onPick(picker.value));
  const parts = {
    picker,
    name: el("span", { "aria-hidden": "true" }),
    face: el("span", { class: "face" }),
    role: el("span", { class: "role" }),
    mark: el("span", { class: "who-mark" }),
    platform: el("span", { class: "platform" }),
    where: el("span", { class: "where" }),
    inner: el("div", {}),
    over: el("div", { class: "over", hidden: true }),
    toasts: el("div", { class: "toasts", role: "status" }),
  };
  const pick = el("div", { class: "who-pick" }, parts.name, icon("down"), picker);
  const side = el("div", { class: "who-side" }, el("div", { class: "who-where" }, parts.platform, parts.where), parts.mark);
  const who = el("header", { class: "who" }, parts.face, el("div", { class: "who-name" }, pick, parts.role), side);
  root.replaceChildren(who, el("div", { class: "screen" }, parts.inner, parts.over, parts.toasts));
  return parts;
}

function group(stage, platform, name) {
  const people = stage.people.filter((each) => each.platform === platform && each.acts);
  return people.length ? el("optgroup", { label: `In ${name}` }, people.map((each) => el("option", { value: each.seat }, each.name))) : null;
}
