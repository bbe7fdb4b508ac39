// Keys for those who work with few hands: "/" finds a code, j and k go through the rows, g and a
// letter goes to a page, "?" lists them all. Never while somebody writes; and they can be turned off.
"use strict";

const OFF = "keys-off";
const PATIENCE_MS = 1500;
const list = document.querySelector("dialog[data-keys]");
const opener = document.querySelector("[data-keys-open]");
const choice = document.querySelector("[data-keys-on]");
let goes = 0;

const isOff = () => localStorage.getItem(OFF) === "1";

function isMeantOtherwise(pressed) {
  const field = pressed.target.closest("input, select, textarea, [contenteditable]");
  const held = pressed.ctrlKey || pressed.metaKey || pressed.altKey;
  return Boolean(field) || held || pressed.isComposing || pressed.defaultPrevented || list?.open;
}

function rows() {
  const all = [...document.querySelectorAll("main [data-row], main a.big")];
  return all.filter((one) => one.getClientRects().length);
}

// From the row that is focused, or that holds what is; else from the first.
function step(by) {
  const all = rows();
  const here = document.activeElement;
  const card = here.closest("article, li, tr");
  const at = all.findIndex((one) => one === here || (card && card.contains(one)));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  if (all[next]) {
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }
  return all.length > 0;
}

function go(letter) {
  const link = document.querySelector(`[data-go="${letter}"]`);
  if (link) location.assign(link.href);
  return Boolean(link);
}

function find() {
  const field = document.querySelector("[data-find]");
  field?.focus();
  return Boolean(field);
}

function show() {
  if (!list) return false;
  list.showModal();
  return true;
}

function isOnARow() {
  return rows().includes(document.activeElement);
}

const KEYS = {
  "/": find,
  "?": show,
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => isOnARow() && step(1),
  ArrowUp: () => isOnARow() && step(-1),
};

document.addEventListener("keydown", (pressed) => {
  if (isOff() || isMeantOtherwise(pressed)) return;
  const afterG = Date.now() - goes < PATIENCE_MS;
  goes = pressed.key === "g" && !afterG ? Date.now() : 0;
  if (goes) return;
  const done = afterG ? go(pressed.key) : KEYS[pressed.key]?.();
  if (done) pressed.preventDefault();
});

if (opener && list) {
  opener.hidden = false;
  opener.addEventListener("click", show);
}
if (choice) {
  choice.checked = !isOff();
  choice.addEventListener("change", () => localStorage.setItem(OFF, choice.checked ? "0" : "1"));
}
