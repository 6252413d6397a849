// The modal over a window: its top view, drawn anew only when the app changed it.

import { el, freshId, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { firstField, layerOver } from "../layer.js";
import { blocks, showErrors } from "./blocks.js";

// What Slack's own client says before it sends a form.
const CLIENT_SAYS = {
  required: "Please fill this in.",
  too_long: "This is too long.",
  too_short: "This is too short.",
};

/** `acts`: { submit(view, button), close(view), closeAll(view), surface(view) }. */
export function modalOver(holder, under, acts) {
  const layer = layerOver(holder, under);
  let shown = null;

  const draw = (stack) => {
    const view = stack.at(-1);
    if (!view) return gone();
    const print = `${view.id} ${view.hash} ${stack.length}`;
    if (shown?.print !== print) {
      if (shown?.id === view.id) redraw(view);
      else open(view, stack.length);
      shown = { print, id: view.id };
    }
    return showWrong(view);
  };

  const gone = () => {
    shown = null;
    layer.close();
  };

  const showWrong = (view) => {
    showErrors(holder, said(view.errors));
    const wrong = holder.querySelector(".wrong");
    const print = JSON.stringify(view.errors);
    if (wrong && holder.dataset.errors !== print) {
      wrong.scrollIntoView({ block: "nearest" });
      wrong.querySelector("input, textarea, select")?.focus();
    }
    holder.dataset.errors = print;
  };

  const redraw = (view) => {
    const inside = holder.contains(document.activeElement);
    const isAnother = holder.querySelector("h2").textContent !== view.title;
    keepingFocus(holder, () => fill(view));
    if (isAnother) holder.querySelector(".modal-body").scrollTop = 0;
    if (inside && !holder.contains(document.activeElement)) holder.querySelector(".modal-body").focus({ preventScroll: true });
  };

  const open = (view, depth) => {
    const title = el("h2", { id: freshId("modal") });
    const back = depth > 1 ? el("button", { type: "button", class: "icon-button", "aria-label": "Back", onclick: () => acts.close(view) }, icon("back")) : null;
    const cross = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => acts.closeAll(view) }, icon("close"));
    const body = el("div", { class: "modal-body", tabindex: "-1" });
    const foot = el("div", { class: "modal-foot" });
    const panel = el("form", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": title.id, novalidate: true },
      el("div", { class: "modal-head" }, back, title, cross), body, foot);
    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      if (foot.querySelector("[type=submit]")) acts.submit(view, foot.querySelector("[type=submit]"));
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      panel.requestSubmit();
    });
    layer.open(panel, { onEscape: () => acts.close(view) });
    fill(view);
    const first = view.submit ? firstField(body) : null;
    (first ?? body).focus({ preventScroll: true });
  };

  const fill = (view) => {
    const submit = view.submit ? el("button", { type: "submit", class: "button primary", dir: "auto" }, view.submit) : null;
    const words = view.close ?? (view.submit ? "Cancel" : "Close");
    const close = el("button", { type: "button", class: "button", dir: "auto", onclick: () => acts.close(view) }, words);
    holder.querySelector("h2").textContent = view.title;
    holder.querySelector(".modal-body").replaceChildren(...blocks(view.blocks, acts.surface(view)));
    holder.querySelector(".modal-foot").replaceChildren(...[close, submit].filter(Boolean));
  };

  return { draw };
}

function said(errors) {
  return Object.fromEntries(Object.entries(errors).map(([block, says]) => [block, CLIENT_SAYS[says] ?? says]));
}
