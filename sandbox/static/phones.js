// The page with both phones: looks each moment whether anything changed, and shows it.

import { sandboxClock } from "./clock.js";
import { Refused, ask } from "./control.js";
import { faultsPanel, people, showClinic, showPeople, showSteps } from "./guide.js";
import { find } from "./nodes.js";
import { nursePhone } from "./nurse.js";
import { patientBadge, patientPhone } from "./patient.js";
import { liveIn, speak, speaks, t } from "./words.js";

const LOOK_EVERY_MS = 700;
const CODES_EVERY_MS = 1000;
const NOTICE_MS = 6000;
const ONE_PHONE = matchMedia("(max-width: 899px)");

const onTop = (place) => () =>
  !document.hidden && (!ONE_PHONE.matches || document.body.dataset.tab === place);
const patient = patientPhone(act, onTop("patient"));
const nurse = nursePhone(act, onTop("nurse"));
const clock = sandboxClock(act, say);
const faults = faultsPanel(act);
let known = { version: null, seed: {}, rows: [] };
let noticeTimer = 0;

function say(words, isBad = false) {
  const notice = find("notice");
  notice.textContent = words;
  notice.classList.toggle("bad", isBad);
  clearTimeout(noticeTimer);
  const isBusy = !find("busy").hidden;
  if (words && !isBusy) noticeTimer = setTimeout(() => say(""), NOTICE_MS);
}

/** Do what a person asked; say plainly when it could not be done; show what came of it. */
async function act(deed) {
  try {
    await deed();
  } catch (error) {
    say(error instanceof TypeError ? t("offline") : t("refused", { why: error.message }), true);
  }
  await look(true);
}

function choose(row, code = "") {
  patient.choose(row, code);
  sessionStorage.setItem("sandbox-chat", row.chat_id);
  if (ONE_PHONE.matches) goTo("patient");
  showPeople(known.rows, row.chat_id, choose);
  return act(() => patient.refresh(true));
}

function newPhone(code = "") {
  const chat_id = 7_000_000_000 + Math.floor(Math.random() * 1e9);
  const about = { name: t("new_phone_name"), language: speaks() === "zh" ? "zh-CN" : "en" };
  find("patient-text").focus();
  return choose({ chat_id, ...about, isNew: true }, code);
}

/** Calls are a later addition to the sandbox; a phone without them still works. */
const calls = () => ask("twilio/calls").then(({ calls: found }) => found, (error) => {
  if (error instanceof Refused || error instanceof SyntaxError) return [];
  throw error;
});

async function everything() {
  const [seed, { chats }, { messages }, called] = await Promise.all(
    [ask("seed"), ask("telegram/chats"), ask("twilio/messages"), calls(), clock.refresh()]);
  liveIn(seed.clinic?.time_zone);
  known = { ...known, seed, rows: people(seed, chats) };
  meet();
  showGuide();
  nurse.take(seed, messages, called);
  await Promise.all([patient.refresh(), faults.refresh()]);
  clock.show();
}

/** Keep to the phone in hand; at the start, take the last one, the invited one or the first. */
function meet() {
  const held = known.rows.find((row) => row.chat_id === patient.who?.chat_id);
  if (patient.who) patient.who = held ?? { ...patient.who, isNew: true };
  if (patient.who) return;
  const code = new URLSearchParams(location.search).get("start");
  const last = Number(sessionStorage.getItem("sandbox-chat"));
  const row = known.rows.find((one) => one.chat_id === last) ?? known.rows[0];
  if (code && location.pathname.startsWith("/t.me/")) newPhone(code);
  else if (row) patient.choose(row);
  else newPhone();
}

function showGuide() {
  showSteps(known.seed);
  showPeople(known.rows, patient.who?.chat_id, choose);
  showClinic(known.seed);
  const isSeen = (row) => row.chat_id === patient.who?.chat_id && onTop("patient")();
  const others = known.rows.filter((row) => !isSeen(row));
  patientBadge(others.reduce((sum, row) => sum + (row.unread ?? 0), 0));
}

let looking = null;

function look(anyway = false) {
  const next = async () => {
    const { version } = await ask("state");
    if (!anyway && version === known.version) return patient.typing ? patient.refresh() : null;
    await everything();
    known.version = version;
    return null;
  };
  looking = (looking ?? Promise.resolve()).then(next).then(
    () => document.body.classList.remove("offline"),
    (error) => {
      console.warn(error);
      known.version = null;
      document.body.classList.add("offline");
      say(t("offline"), true);
    });
  return looking;
}

async function keepLooking() {
  await look();
  setTimeout(keepLooking, LOOK_EVERY_MS);
}

function goTo(tab) {
  document.body.dataset.tab = tab;
  for (const button of document.querySelectorAll("[role=tab]")) {
    button.setAttribute("aria-selected", String(button.dataset.tab === tab));
  }
  known.version = null;
}

function changeLanguage(wanted) {
  speak(wanted);
  localStorage.setItem("sandbox-language", speaks());
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === speaks()));
  }
  clock.show();
  known.version = null;
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    changeLanguage(button.dataset.language);
    look();
  });
}
for (const button of document.querySelectorAll("[role=tab]")) {
  button.addEventListener("click", () => {
    goTo(button.dataset.tab);
    look();
  });
}
find("new-phone").addEventListener("click", () => newPhone());
setInterval(async () => {
  if (document.hidden) return;
  if (known.seed.otps?.length || known.seed.staff?.some((row) => row.one_time_code)) {
    known.seed = await ask("seed").catch(() => known.seed);
    showClinic(known.seed);
  }
}, CODES_EVERY_MS);
document.addEventListener("visibilitychange", () => { known.version = null; });
changeLanguage(localStorage.getItem("sandbox-language") ?? navigator.language);
goTo("patient");
keepLooking();
