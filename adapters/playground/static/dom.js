// Makes elements. Children are nodes or text; text is always literal, so nothing that people wrote becomes markup.

export function el(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

function filled(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** An element of a drawing. */
export function svg(tag, props = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

let last = 0;

/** An id that no other element on the page has. */
export function freshId(name) {
  last += 1;
  return `${name}-${last}`;
}

/** Puts nodes in place of a parent's children, and leaves those alone that did not change: scroll and focus stay. */
export function reconcile(parent, wanted) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = wanted.map(({ key, print, make }) => {
    const known = old.get(key);
    if (known && known.dataset.print === print) return known;
    const node = make();
    node.dataset.key = key;
    node.dataset.print = print;
    return node;
  });
  const stays = new Set(nodes);
  for (const node of [...parent.children]) if (!stays.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

/** Does something that replaces nodes, and gives the focus back to the element with the same name. */
export function keepingFocus(root, change) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const name = focused?.dataset.name;
  const caret = focused && "selectionStart" in focused ? focused.selectionStart : null;
  change();
  if (!name || root.contains(focused)) return;
  const again = root.querySelector(`[data-name="${CSS.escape(name)}"]`);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (caret !== null && typeof again.setSelectionRange === "function" && again.type !== "date") {
    again.setSelectionRange(caret, caret);
  }
}

/** Brings the chosen one of a strip into view. */
export function showCurrent(strip) {
  strip.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Marks a control as at work while something runs; a second press meanwhile does nothing. */
export async function busy(node, work) {
  if (node?.getAttribute("aria-busy") === "true") return;
  node?.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node?.removeAttribute("aria-busy");
  }
}

const SAFE_LINK = /^(https?:|mailto:)/i;

/** A link to elsewhere; what is not an address of the web or of mail stays words. */
export function link(url, label) {
  const words = label || url;
  if (!SAFE_LINK.test(url)) return document.createTextNode(words);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}

export const isSafeLink = (url) => SAFE_LINK.test(url);

/** What stands where something cannot be drawn, so that it is not missed silently. */
export const unknown = (type) => el("em", { class: "unknown" }, `(${type}: the playground cannot draw this)`);
