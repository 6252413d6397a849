// Small drawings of our own, in the colour of the words around them.

import { svg } from "./dom.js";

const PATHS = {
  home: "M3 9.2 10 3.5l7 5.7M5 8v8.5h3.6v-4.6h2.8v4.6H15V8",
  chat: "M3.5 4.5h13v9h-7L6 16.5v-3H3.5z",
  people: "M7.5 9.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM2.8 16c.2-2.9 2-4.6 4.7-4.6s4.5 1.7 4.7 4.6M13 8.9a2.1 2.1 0 1 0 0-4.2M14 11.6c2 .2 3.2 1.7 3.4 4",
  send: "M3.5 3.8 17 10 3.5 16.2l2-6.2zM5.5 10H17",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.5 4.5 7 10l5.5 5.5M7 10h9.5",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.2l2.8 1.6",
  next: "M5 4.5v11l7.5-5.5zM15 4.5v11",
  again: "M15.8 7.2A6.5 6.5 0 1 0 16.5 11M16.5 3.5v4h-4",
  question: "M7.4 7.4a2.7 2.7 0 1 1 3.9 2.4c-.9.5-1.3 1-1.3 2.1M10 15h.01",
  down: "M5.5 8 10 12.5 14.5 8",
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M4 7.8h13M3 12.2h13",
};

/** A drawing of 20 units, that only accompanies words. */
export function icon(name) {
  const line = svg("path", { d: PATHS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", focusable: "false" }, line);
}

const MARKS = {
  slack: () => strokes("M9.4 5.2 7.8 18.8M16.2 5.2l-1.6 13.6M5.4 9.4h13.6M5 14.6h13.6"),
  teams: () => [
    svg("circle", { cx: 16.6, cy: 8.4, r: 2.1, fill: "currentColor", opacity: 0.65 }),
    svg("path", { d: "M13.6 12h5.2c.7 0 1.2.5 1.2 1.2 0 2.9-1.4 4.8-4 4.8-.9 0-1.7-.2-2.4-.6z", fill: "currentColor", opacity: 0.65 }),
    svg("circle", { cx: 9.8, cy: 7.6, r: 2.8, fill: "currentColor" }),
    svg("path", { d: "M4.8 12h9.6c.4 0 .8.4.8.8 0 4-1.8 6.4-5.4 6.4S4.2 16.800 4.200 12.800c0-.4.3-.8.6-.8z", fill: "currentColor" }),
  ],
};

/** What stands for a platform: a drawing of ours that says which one, not its logo. */
export function mark(platform) {
  const ground = svg("rect", { class: "mark-ground", width: 24, height: 24, rx: 6 });
  const props = { class: `mark mark-${platform}`, viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true", focusable: "false" };
  return svg("svg", props, ground, MARKS[platform]());
}

function strokes(d) {
  return svg("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 2.1, "stroke-linecap": "round" });
}
