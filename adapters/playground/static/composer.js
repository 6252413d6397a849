// The box to write in, with a list of what could be meant.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { PLATFORMS } from "./people.js";

const TALLEST = 140; // pixels, then it scrolls

/** `offers(text)` gives [{text, says, becomes, more}]; `send(text)` answers true once the text is taken. */
export function composer({ offers: offersFor, send }) {
  const list = el("ul", { class: "hints", role: "listbox", id: freshId("hints"), hidden: true, "aria-label": "Suggestions" });
  const box = el("textarea", {
    rows: 1,
    role: "combobox",
    dir: "auto",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
  });
  const go = el("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", disabled: true }, icon("send"));
  const node = el("form", { class: "composer" }, list, el("div", { class: "composer-box" }, box, go));
  let offers = [];
  let active = -1;

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, TALLEST)}px`;
    go.disabled = box.value.trim() === "";
  };
  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
    const row = list.children[index];
    row?.scrollIntoView({ block: "nearest" });
    if (row) box.setAttribute("aria-activedescendant", row.id);
  };
  const take = (offer) => {
    box.value = offer.becomes;
    grow();
    close();
    if (offer.more) suggest();
    box.focus();
  };
  const suggest = () => {
    offers = offersFor(box.value);
    if (!offers.length) return close();
    const row = (offer) =>
      el("li", { role: "option", id: freshId("hint"), onmousedown: (event) => (event.preventDefault(), take(offer)) },
        el("code", {}, offer.text), el("span", {}, offer.says));
    list.replaceChildren(...offers.map(row));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark(-1);
    return undefined;
  };
  const submit = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    grow();
    close();
    if (!(await send(text)) && box.value === "") {
      box.value = text;
      grow();
    }
  };
  const keys = (event) => {
    const open = !list.hidden;
    if (open && event.key === "ArrowDown") mark((active + 1) % offers.length);
    else if (open && event.key === "ArrowUp") mark((active + offers.length - (active < 0 ? 0 : 1)) % offers.length);
    else if (open && event.key === "Escape") close();
    else if (open && event.key === "Tab" && !event.shiftKey) take(offers[Math.max(active, 0)]);
    else if (open && event.key === "Enter" && active >= 0) take(offers[active]);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  box.addEventListener("input", () => {
    grow();
    suggest();
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", keys);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  const placeholder = (words) => {
    box.placeholder = words;
    box.setAttribute("aria-label", words);
  };
  return { node, box, placeholder };
}

/** People whose name or handle fits the letters after the last @, as `write` puts them into the text. */
export function peopleOffers(text, people, write) {
  const name = text.match(/(^|\s)@([\p{L}\p{N}.-]*)$/u);
  if (!name) return [];
  const before = text.slice(0, text.length - name[2].length - 1);
  const letters = name[2].toLowerCase();
  const fits = people.filter(({ handle, name: whole }) => `${handle} ${whole}`.toLowerCase().includes(letters));
  return fits.slice(0, 6).map((each) => {
    const words = write(each);
    const says = words.startsWith("@") ? each.name : `in ${PLATFORMS[each.platform]}`;
    return { text: words.trim(), says, becomes: `${before}${words}` };
  });
}

/** The commands that what was typed may become. */
export function commandOffers(text, hints) {
  const typed = text.toLowerCase();
  const fits = hints.filter((hint) => hint.becomes.startsWith(typed) && hint.becomes.trim() !== typed.trim());
  return fits.map((hint) => ({ ...hint, more: hint.becomes.endsWith("@") }));
}
