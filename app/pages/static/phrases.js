// A ready phrase comes into the field, to be changed before it goes; what was typed is added to.
"use strict";

document.addEventListener("change", (chosen) => {
  const list = chosen.target.closest("[data-phrases]");
  if (!list || !list.value) return;
  const words = document.getElementById(list.dataset.phrases);
  words.value = [words.value.trim(), list.value].filter(Boolean).join("\n");
  list.value = "";
  words.focus();
  words.dispatchEvent(new Event("input", { bubbles: true }));
});
