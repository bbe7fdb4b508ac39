// Keeps the desk up to date: asks for its sections, and puts in what has changed. What somebody
// writes in, what is focused and what did not change stays the very element that it was.
"use strict";

const EVERY_MS = 15000;
const line = document.querySelector("[data-live]");
const desk = document.getElementById("desk");
const title = document.title;
let tag = line.dataset.tag;
let asking = false;
let held = false;

function say(what) {
  for (const one of line.querySelectorAll("[data-said]")) one.hidden = one.dataset.said !== what;
  line.classList.toggle("alert", what === "alert");
  line.hidden = !what;
}

const said = () => line.querySelector("[data-said]:not([hidden])")?.dataset.said;

function isChosen(one) {
  return [...one.options].some((option) => option.selected !== option.defaultSelected)
    && one.selectedIndex > 0;
}

// Also what was written before this file was here.
function isWritten(one) {
  if (one.type === "hidden") return false;
  if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
  return one.options ? isChosen(one) : one.value !== one.defaultValue;
}

function isWrittenIn(item) {
  const fields = [...item.querySelectorAll("input, textarea, select")];
  return fields.some((one) => one === document.activeElement || isWritten(one));
}

// As it reads: without the tokens of its forms, and without what was opened since.
function words(item) {
  const copy = item.cloneNode(true);
  for (const one of copy.querySelectorAll("[name=csrf_token]")) one.setAttribute("value", "");
  for (const one of copy.querySelectorAll("details")) one.removeAttribute("open");
  return copy.outerHTML;
}

const drawn = new WeakMap(); // how an item read when it came

function remember(root) {
  for (const item of root.querySelectorAll("[data-key]")) drawn.set(item, words(item));
}

function openedIn(item) {
  return [...item.querySelectorAll("details")].map((one) => one.open);
}

function reopen(item, opened) {
  [...item.querySelectorAll("details")].forEach((one, n) => { if (n in opened) one.open = opened[n]; });
}

function keyed(part) {
  return new Map([...part.children].map((item) => [item.dataset.key, item]));
}

// The new items in their order; an old one stays where it is when it is the same or is written in.
function weave(part, fresh) {
  const before = keyed(part);
  const wanted = keyed(fresh);
  for (const [key, item] of before) {
    if (!wanted.has(key) && isWrittenIn(item)) held = true;
    else if (!wanted.has(key)) item.remove();
  }
  let place = part.firstElementChild;
  for (const [key, item] of wanted) {
    const old = before.get(key);
    const same = old && drawn.get(old) === words(item);
    if (old && (same || isWrittenIn(old))) {
      held ||= !same;
      if (old !== place && !isWrittenIn(old)) part.insertBefore(old, place);
      place = old.nextElementSibling;
      continue;
    }
    drawn.set(item, words(item));
    if (old) {
      reopen(item, openedIn(old));
      if (old === place) place = old.nextElementSibling;
      old.remove();
    }
    part.insertBefore(item, place);
  }
}

function focusedName() {
  const one = document.activeElement;
  if (!desk.contains(one)) return null;
  const item = one.closest("[data-key]");
  const all = [...item.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")];
  return { part: item.parentElement.dataset.part, key: item.dataset.key, n: all.indexOf(one) };
}

function focusAgain(name) {
  if (!name || desk.contains(document.activeElement)) return;
  const part = desk.querySelector(`[data-part="${name.part}"]`);
  const item = part && keyed(part).get(name.key);
  const all = item ? item.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]") : [];
  (all[name.n] || part?.querySelector("[tabindex]"))?.focus({ preventScroll: true });
}

const alertKeys = () => [...keyed(desk.querySelector("[data-part=alerts]")).keys()];

function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const known = new Set(alertKeys());
  const name = focusedName();
  held = false;
  for (const part of desk.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (other) weave(part, other);
  }
  const counts = fresh.querySelector("[data-part=counts]");
  Object.assign(desk.querySelector("[data-part=counts]").dataset, counts.dataset);
  focusAgain(name);
  stamp();
  if (alertKeys().some((key) => !known.has(key) && key.length > 4)) return say("alert");
  if (held) return say("new");
  return said() === "alert" ? null : say(null);
}

function stamp() {
  const { clock, open } = desk.querySelector("[data-part=counts]").dataset;
  for (const one of line.querySelectorAll("[data-as-of]")) one.textContent = clock;
  document.title = open === "0" ? title : `(${open}) ${title}`;
}

function isOver(answer) {
  return answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
}

async function ask() {
  const headers = { "If-None-Match": `"${tag}"` };
  const answer = await fetch(line.dataset.live, { headers, redirect: "manual", cache: "no-store" });
  if (isOver(answer)) return isWrittenIn(desk) ? say("ended") : location.reload();
  if (answer.status === 304) return ["offline", "away"].includes(said()) ? say(null) : null;
  if (!answer.ok) return say("away");
  const text = await answer.text();
  tag = answer.headers.get("ETag").replaceAll('"', "");
  return show(text);
}

async function look() {
  if (asking) return;
  asking = true;
  try {
    await ask();
  } catch {
    say(navigator.onLine ? "away" : "offline");
  }
  asking = false;
}

line.addEventListener("click", (pressed) => {
  if (pressed.target.closest("[data-said=alert]")) say(null);
});
remember(desk);
stamp();
setInterval(() => { if (!document.hidden) look(); }, EVERY_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
window.addEventListener("online", look);
window.addEventListener("offline", () => say("offline"));
