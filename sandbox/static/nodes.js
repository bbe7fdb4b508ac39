// Building nodes. Text is always text: nothing here reads markup into the page.

export const find = (id) => document.getElementById(id);

export function make(tag, about = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Keep a list in step with rows; an unchanged row keeps its node, its focus and its place. */
export function keep(list, rows, draw) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let refocus = () => {};
  const nodes = rows.map((row) => {
    const key = String(row.key);
    const text = JSON.stringify(row);
    const known = old.get(key);
    if (known && known.drawnFrom === text) return known;
    const node = draw(row);
    node.dataset.key = key;
    node.drawnFrom = text;
    const held = focusable(known).indexOf(document.activeElement);
    if (held >= 0) refocus = () => focusable(node)[held]?.focus();
    return node;
  });
  const wanted = new Set(nodes);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
  refocus();
}

const focusable = (node) =>
  node ? [node, ...node.querySelectorAll("*")].filter((one) => one.matches("button, a")) : [];

const BADGE_MOST = 99;

export function badge(node, count) {
  node.hidden = !count;
  node.textContent = count > BADGE_MOST ? `${BADGE_MOST}+` : String(count);
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  if (/[\u3400-\u9fff]/.test(name)) return name.trim().slice(0, 1);
  return (words[0].slice(0, 1) + (words[1] ?? "").slice(0, 1)).toUpperCase() || "?";
}

export function avatar(name, number) {
  const about = { class: `avatar tone-${Math.abs(Number(number) || 0) % 5}`, "aria-hidden": true };
  return make("span", about, initials(name || "?"));
}

/** A scrolled log that follows what is new, unless its reader has scrolled away. */
export function follow(log, toEnd) {
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const end = () => { log.scrollTop = log.scrollHeight; };
  let following = true;
  log.addEventListener("scroll", () => {
    following = atEnd();
    toEnd.hidden = following;
  });
  toEnd.addEventListener("click", end);
  new ResizeObserver(() => following && end()).observe(log);
  return (draw, jump) => {
    const before = log.childElementCount;
    draw();
    if (jump || following) end();
    else if (log.childElementCount > before) toEnd.hidden = false;
  };
}
