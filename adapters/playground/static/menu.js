// A button that opens a short list of things to do.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/** `items` is [{label, note, run}]. */
export function menu({ label, title, items, face = icon("more"), kind = "more" }) {
  const list = el("div", { class: "menu", role: "menu", hidden: true });
  const opener = el("button", { type: "button", class: kind, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label, title }, face);
  const close = () => {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  };
  const rows = items.map(({ label: words, note, run }) => {
    const choose = () => {
      close();
      opener.focus();
      run(opener);
    };
    return el("button", { type: "button", role: "menuitem", onclick: choose }, el("span", {}, words), note ? el("small", {}, note) : null);
  });
  list.append(...rows);
  opener.addEventListener("click", () => {
    list.hidden = !list.hidden;
    opener.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) rows[0].focus();
  });
  const node = el("div", { class: `${kind}-holder` }, opener, list);
  node.addEventListener("focusout", (event) => {
    if (!node.contains(event.relatedTarget)) close();
  });
  node.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const at = rows.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      opener.focus();
    } else if (event.key === "ArrowDown") rows[(at + 1) % rows.length].focus();
    else if (event.key === "ArrowUp") rows[(at + rows.length - 1) % rows.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return node;
}
