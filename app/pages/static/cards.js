// Ticks all patients of the page at once; prints the sheets.
"use strict";
const all = document.querySelector("[data-all]");
if (all) {
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    document.querySelectorAll("[name=patient_id]").forEach((one) => { one.checked = event.target.checked; });
  });
}
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
