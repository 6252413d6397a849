// The box to write in: plain words go to the channel, `/oneonone ...` to the app, with a list of what it knows.

import { el, freshId } from "./dom.js";

/** `hints` is [{text, says, becomes}]; `people` gives [{handle, name}]; `send(text)` answers true once the text is taken. */
export function composer({ hints, people, send }) {
  const list = el("ul", { class: "hints", role: "listbox", id: freshId("hints"), hidden: true, "aria-label": "Suggestions" });
  const box = el("textarea", {
    rows: 1,
    role: "combobox",
    dir: "auto",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
  });
  const go = el("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", disabled: true }, "➤");
  const node = el("form", { class: "composer" }, list, el("div", { class: "composer-box" }, box, go));
  let offers = [];
  let active = -1;

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 140)}px`;
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
    offers = offersFor(box.value, hints, people());
    if (!offers.length) return close();
    list.replaceChildren(
      ...offers.map((offer) =>
        el("li", { role: "option", id: freshId("hint"), onmousedown: (event) => (event.preventDefault(), take(offer)) },
          el("code", {}, offer.text), el("span", {}, offer.says)),
      ),
    );
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

  box.addEventListener("input", () => {
    grow();
    suggest();
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
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
  });
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

function offersFor(text, hints, people) {
  const name = text.match(/(^|\s)@([\w.-]*)$/);
  if (name) {
    const before = text.slice(0, text.length - name[2].length);
    const fits = people.filter(({ handle, name: full }) => `${handle} ${full}`.toLowerCase().includes(name[2].toLowerCase()));
    return fits.slice(0, 6).map(({ handle, name: full }) => ({ text: `@${handle}`, says: full, becomes: `${before}${handle} ` }));
  }
  if (!text.startsWith("/")) return [];
  const typed = text.toLowerCase();
  const fits = hints.filter((hint) => hint.becomes.startsWith(typed) && hint.becomes.trim() !== typed.trim());
  return fits.map((hint) => ({ ...hint, more: hint.becomes.endsWith("@") }));
}
