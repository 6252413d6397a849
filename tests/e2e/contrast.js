// Finds words whose contrast with what is behind them is under `enough`; what is disabled or out of reach does not count.
(enough) => {
  const parse = (text) => {
    const numbers = text.match(/[\d.]+/g).map(Number);
    const scale = text.startsWith("color(") ? 255 : 1;
    const [red, green, blue, alpha = 1] = numbers;
    return { rgb: [red * scale, green * scale, blue * scale], alpha };
  };
  const over = (top, under) => top.rgb.map((part, index) => part * top.alpha + under[index] * (1 - top.alpha));
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const ground = parse(getComputedStyle(at).backgroundColor);
      if (ground.alpha > 0) layers.unshift(ground);
    }
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const skipped = (node) => node.closest("[inert], [disabled], [aria-disabled=true], [aria-busy=true], option, .unseen, dialog:not([open])");
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    const words = text.data.trim();
    const style = getComputedStyle(node);
    if (!words || skipped(node) || !node.getClientRects().length || style.visibility === "hidden" || Number(style.opacity) === 0) continue;
    const ground = behind(node);
    const ratio = contrast(over(parse(style.color), ground), ground);
    if (ratio < enough) found.push([words.slice(0, 40), Math.round(ratio * 100) / 100, node.className || node.tagName]);
  }
  return found;
}
