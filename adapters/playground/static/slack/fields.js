// Elements that hold a value: text, choices, ticks, dates, and menus that ask the app while one types.
//
// A field is `{ node, control }`. `form` keeps what was entered: form.value(block, element), form.set(block, element,
// value). A value is a string, a list of strings, or null.

import { combo } from "../combo.js";
import { el, freshId } from "../dom.js";

const KINDS = {
  plain_text_input: words,
  static_select: select,
  external_select: search,
  radio_buttons: radios,
  checkboxes: ticks,
  datepicker: (at) => native(at, "date"),
  timepicker: (at) => native(at, "time"),
  number_input: (at) => native(at, "number"),
  email_text_input: (at) => native(at, "email"),
  url_text_input: (at) => native(at, "url"),
};

export const holdsValue = (element) => element.type in KINDS;

/** Draws an element; `describedBy` is the id of what explains it. */
export function field(block, element, form, describedBy) {
  const id = freshId("field");
  const at = { block, element, form, id, describedBy, name: `${block.block_id}/${element.action_id}` };
  return { node: KINDS[element.type](at), id };
}

/** The value in the state that Slack keeps, in our form. */
export function fromState(state) {
  if (!state) return null;
  if (state.selected_options) return state.selected_options.map((option) => option.value);
  return state.value ?? state.selected_option?.value ?? state.selected_date ?? state.selected_time ?? null;
}

function common({ id, describedBy, name }) {
  return { id, "data-name": name, "aria-describedby": describedBy };
}

function words(at) {
  const { block, element, form } = at;
  const value = form.value(block, element) ?? "";
  const props = { ...common(at), placeholder: element.placeholder?.text, value, dir: "auto", autocomplete: "off" };
  const most = element.max_length ?? 3000;
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const counted = (text) => {
    count.textContent = text.length > most * 0.8 ? String(most - text.length) : "";
    count.classList.toggle("over", text.length > most);
  };
  const entered = (event) => {
    form.set(block, element, event.target.value);
    counted(event.target.value);
  };
  const rows = Math.min(10, Math.max(4, value.split("\n").length + 1));
  const control = element.multiline
    ? el("textarea", { ...props, rows, oninput: entered })
    : el("input", { ...props, type: "text", oninput: entered });
  counted(value);
  return el("div", { class: "words" }, control, count);
}

function native(at, type) {
  const { block, element, form } = at;
  const value = form.value(block, element) ?? "";
  return el("input", { ...common(at), type, value, onchange: (event) => form.set(block, element, event.target.value || null) });
}

function select(at) {
  const { block, element, form } = at;
  const value = form.value(block, element);
  const groups = element.option_groups
    ? element.option_groups.map((group) => el("optgroup", { label: group.label.text }, group.options.map(choice)))
    : element.options.map(choice);
  const nothing = el("option", { value: "" }, element.placeholder?.text ?? "Choose one");
  if (!block.optional && value !== null) nothing.hidden = true;
  const control = el("select", { ...common(at), onchange: (event) => form.set(block, element, event.target.value || null) }, nothing, groups);
  control.value = value ?? "";
  return control;
}

const choice = (option) => el("option", { value: option.value }, option.text.text);

function radios(at) {
  const { block, element, form, id, name } = at;
  const chosen = form.value(block, element);
  const group = freshId("group");
  const rows = element.options.map((option, index) =>
    row(option, {
      type: "radio",
      name: group,
      id: index === 0 ? id : null,
      "data-name": `${name}/${option.value}`,
      checked: option.value === chosen,
      onchange: () => form.set(block, element, option.value),
    }),
  );
  return el("div", { class: "options", role: "radiogroup", "aria-describedby": at.describedBy }, rows);
}

function ticks(at) {
  const { block, element, form, id, name } = at;
  const chosen = new Set(form.value(block, element) ?? []);
  const toggle = (option) => (event) => {
    event.target.checked ? chosen.add(option.value) : chosen.delete(option.value);
    form.set(block, element, element.options.map((each) => each.value).filter((each) => chosen.has(each)));
  };
  const rows = element.options.map((option, index) =>
    row(option, {
      type: "checkbox",
      id: index === 0 ? id : null,
      "data-name": `${name}/${option.value}`,
      checked: chosen.has(option.value),
      onchange: toggle(option),
    }),
  );
  return el("div", { class: "options", role: "group", "aria-describedby": at.describedBy }, rows);
}

function row(option, props) {
  const hint = option.description ? el("small", {}, option.description.text) : null;
  return el("label", { class: "option" }, el("input", props), el("span", { dir: "auto" }, option.text.text, hint));
}

function search(at) {
  const { block, element, form } = at;
  const value = form.value(block, element);
  const props = { ...common(at), placeholder: element.placeholder?.text ?? "Type to search" };
  return combo(props, {
    chosen: value === null ? null : { value, label: form.label(block, element) ?? "" },
    least: element.min_query_length ?? 3,
    search: async (query) => (await form.search(block, element, query)).map(offered),
    onChoose: (option) => form.set(block, element, option?.value ?? null),
  });
}

const offered = (option) => ({ value: option.value, label: option.text.text, hint: option.description?.text });
