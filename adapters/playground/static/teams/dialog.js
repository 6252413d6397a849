// A dialog over a window: one card at a time, or a sentence.

import { el, freshId, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { firstField, layerOver } from "../layer.js";
import { adaptiveCard } from "./adaptive.js";
import { showErrors } from "./inputs.js";

/** `acts`: { close(dialog), surface(dialog) }. */
export function dialogOver(holder, under, acts) {
  const layer = layerOver(holder, under);
  let shown = null;

  const draw = (dialog) => {
    if (!dialog) return gone();
    const print = JSON.stringify([dialog.title, dialog.card, dialog.text]);
    if (shown?.print !== print) {
      if (shown) redraw(dialog);
      else open(dialog);
      shown = { print, id: dialog.id };
    }
    return showWrong(dialog.errors ?? {});
  };

  const gone = () => {
    shown = null;
    layer.close();
  };

  const showWrong = (errors) => {
    showErrors(holder, errors);
    const print = JSON.stringify(errors);
    const wrong = holder.querySelector(".wrong");
    if (wrong && holder.dataset.errors !== print) {
      wrong.scrollIntoView({ block: "nearest" });
      wrong.querySelector("input, textarea, select")?.focus();
    }
    holder.dataset.errors = print;
  };

  const body = () => holder.querySelector(".dialog-body");

  const redraw = (dialog) => {
    const inside = holder.contains(document.activeElement);
    const isAnother = holder.querySelector("h2").textContent !== dialog.title;
    if (isAnother) fill(dialog);
    else keepingFocus(holder, () => fill(dialog));
    if (isAnother) body().scrollTop = 0;
    if (inside && (isAnother || !holder.contains(document.activeElement))) begin();
  };

  const begin = () => (firstField(body()) ?? body()).focus({ preventScroll: true });

  const open = (dialog) => {
    const title = el("h2", { id: freshId("dialog"), dir: "auto" });
    const close = () => acts.close(shown);
    const cross = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: close }, icon("close"));
    const face = el("img", { class: "dialog-face", src: "/static/icon.svg", alt: "" });
    const panel = el("div", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": title.id },
      el("div", { class: "dialog-head" }, face, title, cross), el("div", { class: "dialog-body", tabindex: "-1" }));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey || event.target.matches("input[type=text]"))) mainButton(event);
    });
    layer.open(panel, { onEscape: close });
    fill(dialog);
    begin();
  };

  /** Presses what the dialog is for: its main button. */
  const mainButton = (event) => {
    event.preventDefault();
    (body().querySelector(".ac-foot .button.primary") ?? body().querySelector(".button.primary"))?.click();
  };

  const fill = (dialog) => {
    holder.querySelector("h2").textContent = dialog.title;
    body().replaceChildren(dialog.card ? adaptiveCard(dialog.card, acts.surface(dialog)) : sentence(dialog));
  };

  const sentence = (dialog) => {
    const done = el("button", { type: "button", class: "button primary", onclick: () => acts.close(dialog) }, "OK");
    return el("div", { class: "ac" }, el("p", { class: "dialog-text", dir: "auto" }, dialog.text), el("div", { class: "ac-foot" }, el("div", { class: "ac-actions" }, done)));
  };

  return { draw };
}
