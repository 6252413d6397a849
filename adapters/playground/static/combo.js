// A box that searches while one types: what both platforms ask the app for people with.

import { el, freshId } from "./dom.js";

const PAUSE = 120; // milliseconds after a letter

/** `search(query)` gives [{value, label, hint}]; `onChoose(option | null)` hears of each choice. */
export function combo(props, { chosen, least = 1, search, onChoose }) {
  const list = el("ul", { class: "found", role: "listbox", id: freshId("found"), hidden: true });
  const roles = { role: "combobox", autocomplete: "off", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list" };
  const input = el("input", { ...props, ...roles, type: "text", dir: "auto", value: chosen?.label ?? "" });
  let current = chosen;
  let options = [];
  let active = -1;
  let asked = 0;
  let timer = 0;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    asked += 1; // an answer that is still on its way comes too late
    current = option;
    input.value = option.label;
    onChoose(option);
    close();
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
    const node = list.children[index];
    node?.scrollIntoView({ block: "nearest" });
    if (node?.id) input.setAttribute("aria-activedescendant", node.id);
  };
  const row = (option) =>
    el("li", { role: "option", id: freshId("option"), dir: "auto", onmousedown: (event) => (event.preventDefault(), choose(option)) },
      option.label, option.hint ? el("small", {}, option.hint) : null);
  const show = () => {
    list.replaceChildren(...(options.length ? options.map(row) : [el("li", { class: "nobody" }, "Nobody found")]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(options.length ? 0 : -1);
  };
  const ask = async () => {
    const query = input.value.trim();
    if (query.length < least) return close();
    asked += 1;
    const mine = asked;
    const found = await search(query);
    if (mine !== asked || document.activeElement !== input) return undefined;
    options = found;
    return show();
  };

  input.addEventListener("input", () => {
    if (current !== null) onChoose((current = null));
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(active - 1, 0));
    else if (event.key === "Enter" && options[active]) choose(options[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return el("div", { class: "combo" }, input, list);
}
