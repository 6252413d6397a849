// The modal over a window: its top view, drawn anew only when the app changed it.

import { blocks, showErrors } from "./blocks.js";
import { el, freshId, keepingFocus } from "./dom.js";

// What Slack's own client says before it sends a form.
const CLIENT_SAYS = {
  required: "Please fill this in.",
  too_long: "This is too long.",
  too_short: "This is too short.",
};

/** `acts`: { submit(view), close(view), closeAll(view), surface(view) }. */
export function modalOver(holder, acts) {
  let shown = null;
  let returnTo = null;

  const gone = () => {
    if (!shown) return;
    const inside = holder.contains(document.activeElement) || document.activeElement === document.body;
    shown = null;
    holder.hidden = true;
    holder.replaceChildren();
    if (inside && returnTo?.isConnected) returnTo.focus({ preventScroll: true });
  };

  const draw = (stack) => {
    const view = stack.at(-1);
    if (!view) return gone();
    const print = `${view.id} ${view.hash} ${stack.length}`;
    if (shown?.print !== print) {
      const same = shown?.id === view.id;
      if (!shown) returnTo = document.activeElement;
      if (same) redraw(view);
      else open(view, stack.length);
      shown = { print, id: view.id };
    }
    showErrors(holder, said(view.errors));
    const wrong = holder.querySelector(".wrong");
    if (wrong && holder.dataset.errors !== JSON.stringify(view.errors)) {
      wrong.scrollIntoView({ block: "nearest" });
      wrong.querySelector("input, textarea, select")?.focus();
    }
    holder.dataset.errors = JSON.stringify(view.errors);
    return undefined;
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
    const back = depth > 1 ? el("button", { type: "button", class: "icon-button", "aria-label": "Back", onclick: () => acts.close(view) }, "←") : null;
    const cross = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => acts.closeAll(view) }, "✕");
    const body = el("div", { class: "modal-body", tabindex: "-1" });
    const foot = el("div", { class: "modal-foot" });
    const panel = el("form", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": title.id, novalidate: true },
      el("div", { class: "modal-head" }, back, title, cross), body, foot);
    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      if (foot.querySelector("[type=submit]")) acts.submit(view, foot.querySelector("[type=submit]"));
    });
    panel.addEventListener("keydown", (event) => keys(event, view, panel));
    holder.replaceChildren(panel);
    holder.hidden = false;
    fill(view);
    const controls = [...body.querySelectorAll(".input :is(input:not([type=radio], [type=checkbox]), textarea, select)")];
    const first = controls.find((control) => !control.value) ?? controls[0];
    (view.submit && first ? first : body).focus({ preventScroll: true });
  };

  const fill = (view) => {
    const submit = view.submit ? el("button", { type: "submit", class: "button primary" }, view.submit) : null;
    const close = el("button", { type: "button", class: "button", onclick: () => acts.close(view) }, view.close ?? (view.submit ? "Cancel" : "Close"));
    holder.querySelector("h2").textContent = view.title;
    holder.querySelector(".modal-body").replaceChildren(...blocks(view.blocks, acts.surface(view)));
    holder.querySelector(".modal-foot").replaceChildren(...[close, submit].filter(Boolean));
  };

  const keys = (event, view, panel) => {
    if (event.key === "Escape") {
      event.preventDefault();
      acts.close(view);
    } else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      panel.requestSubmit();
    } else if (event.key === "Tab") {
      stayInside(event, panel);
    }
  };

  return { draw };
}

function said(errors) {
  return Object.fromEntries(Object.entries(errors).map(([block, says]) => [block, CLIENT_SAYS[says] ?? says]));
}

function stayInside(event, panel) {
  const stops = [...panel.querySelectorAll("button, input, textarea, select, a[href]")].filter((node) => !node.disabled && node.offsetParent);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && panel.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
