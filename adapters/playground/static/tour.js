// Three things to try, one click each, until they are put away.

import { busy, el } from "./dom.js";
import { icon } from "./icons.js";

const AWAY = "oneonone.tour.away";
const DONE = "oneonone.tour.done";

/** `steps` is [{title, says, go}]. */
export function tour(root, steps) {
  const done = new Set(JSON.parse(sessionStorage.getItem(DONE) ?? "[]"));
  const draw = () => {
    root.hidden = sessionStorage.getItem(AWAY) === "yes";
    const cards = steps.map((step, index) => {
      const mark = el("span", { class: "step-mark", "aria-hidden": "true" }, done.has(index) ? "✓" : String(index + 1));
      return el("button", { type: "button", class: `step${done.has(index) ? " done" : ""}`, onclick: (event) => busy(event.currentTarget, () => take(index)) },
        mark, el("span", { class: "step-words" }, el("strong", {}, step.title), el("small", {}, step.says)));
    });
    const hide = el("button", { type: "button", class: "icon-button", "aria-label": "Put these away", title: "Put these away", onclick: putAway }, icon("close"));
    const row = el("div", { class: "steps" }, cards);
    root.replaceChildren(row, hide);
    const next = cards.find((_card, index) => !done.has(index));
    if (next) row.scrollLeft = next.offsetLeft - row.offsetLeft;
  };
  const take = async (index) => {
    if (!(await steps[index].go())) return;
    done.add(index);
    sessionStorage.setItem(DONE, JSON.stringify([...done]));
    draw();
  };
  const putAway = () => {
    sessionStorage.setItem(AWAY, "yes");
    draw();
  };
  draw();
}

/** Starts from the beginning, as on a first visit. */
export function forgetTour() {
  sessionStorage.removeItem(AWAY);
  sessionStorage.removeItem(DONE);
}
