// Who there is: each account once a platform, and how each is drawn.

import { el } from "./dom.js";

export const PLATFORMS = { slack: "Slack", teams: "Teams" };
const HUES = [164, 28, 262, 205, 340, 95, 300, 50, 230, 12];

/** The accounts of one platform by the id that its messages name. */
export function colleagues(stage, platform) {
  return new Map(stage.people.filter((each) => each.platform === platform).map((each) => [each.id, each]));
}

/** Whom one can name: everybody else, once each, by the account on one's own platform where there is one. */
export function everybodyBut(stage, me) {
  const humans = stage.people.filter((each) => each.kind !== "bot" && each.name !== me.name);
  const here = humans.filter((each) => each.platform === me.platform);
  const known = new Set(here.map((each) => each.name));
  return [...here, ...humans.filter((each) => each.platform !== me.platform && !known.has(each.name))];
}

/** How one names a person to the app: a mention where the platform knows them, else the plain name. */
export const called = (person, platform) => (person.platform === platform ? `@${person.handle}` : person.name);

/** The picture with initials that stands for a person, the same on both platforms; `bot` gets the app's mark. */
export function avatar(person) {
  if (person.kind === "bot") return el("img", { class: "avatar", src: "/static/icon.svg", alt: "" });
  const initials = person.name.split(/\s+/).map((word) => [...word][0]).slice(0, 2).join("");
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, initials);
  node.style.setProperty("--hue", HUES[number(person.name) % HUES.length]);
  return node;
}

function number(name) {
  return [...name].reduce((sum, letter) => sum * 7 + letter.codePointAt(0), 0) % 9973;
}

export const firstName = (person) => person.name.split(" ")[0];
