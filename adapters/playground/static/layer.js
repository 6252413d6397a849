// What lies over a window: a panel that keeps the focus inside, and gives it back when it goes.

const STOPS = "button, input, textarea, select, a[href]";

/** `holder` covers the window, `under` is what is below and out of reach meanwhile. */
export function layerOver(holder, under) {
  let returnTo = null;

  /** Shows a panel; `onEscape` closes it, `first` gets the focus. */
  const open = (panel, { first, onEscape }) => {
    if (holder.hidden) returnTo = document.activeElement;
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        onEscape();
      } else if (event.key === "Tab") stayInside(event, panel);
    });
    holder.replaceChildren(panel);
    holder.hidden = false;
    under.inert = true;
    first?.focus({ preventScroll: true });
  };

  /** What had the focus before, or what was drawn in its place. */
  const again = () => {
    if (returnTo?.isConnected && returnTo !== document.body) return returnTo;
    const name = returnTo?.dataset.name;
    const named = name ? under.querySelector(`[data-name="${CSS.escape(name)}"]`) : null;
    return named ?? under.querySelector(".composer textarea");
  };

  const close = () => {
    if (holder.hidden) return;
    const inside = holder.contains(document.activeElement) || document.activeElement === document.body;
    under.inert = false; // before the focus goes back
    holder.hidden = true;
    holder.replaceChildren();
    if (inside) again()?.focus({ preventScroll: true });
  };

  return { open, close };
}

function stayInside(event, panel) {
  const stops = [...panel.querySelectorAll(STOPS)].filter((node) => !node.disabled && node.offsetParent && node.tabIndex >= 0);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && stops.includes(document.activeElement)) return;
  if (panel.contains(document.activeElement) && !stops.includes(document.activeElement) && !event.shiftKey) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** Where one begins in a form: at ticks that stand first, else at the first field that waits to be filled in. */
export function firstField(body) {
  const controls = [...body.querySelectorAll("input, textarea, select")].filter((node) => node.offsetParent);
  if (controls[0]?.type === "checkbox") return controls[0];
  const written = controls.filter((node) => !["checkbox", "radio"].includes(node.type));
  return written.find((node) => !node.value) ?? written[0] ?? controls[0];
}
