// Asks now and then whether something happened since the page was shown, and shows it anew;
// whoever is writing is only told of it.
"use strict";

const EVERY_MS = 15000;
const line = document.querySelector("[data-news]");
let writing = false;

document.addEventListener("input", () => { writing = true; });

// Also what was written before this file was here.
function isWriting() {
  const fields = [...document.querySelectorAll("main input, main textarea")];
  return writing || fields.some((one) => one.value !== one.defaultValue);
}

function say(what) {
  for (const one of line.querySelectorAll("[data-said]")) one.hidden = one.dataset.said !== what;
  line.hidden = !what;
}

async function look() {
  let answer;
  try {
    answer = await fetch(line.dataset.news);
  } catch {
    return say("away");
  }
  if (!answer.ok) return say("away");
  if (answer.redirected) return isWriting() ? say("out") : location.reload();
  if ((await answer.text()) === line.dataset.seen) return say(null);
  return isWriting() ? say("new") : location.reload();
}

setInterval(() => { if (!document.hidden) look(); }, EVERY_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
