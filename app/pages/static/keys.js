// "/" goes to the search for a code, as on many pages; not while somebody writes.
"use strict";

document.addEventListener("keydown", (pressed) => {
  const writing = pressed.target.closest("input, select, textarea");
  const find = document.querySelector("[data-find]");
  if (pressed.key !== "/" || writing || !find || pressed.ctrlKey || pressed.metaKey) return;
  pressed.preventDefault();
  find.focus();
});
