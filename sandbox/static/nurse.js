// The nurse's phone: text messages and calls from the clinic's number.

import { tell } from "./control.js";
import { avatar, badge, find, follow, icon, keep, make } from "./nodes.js";
import { linked } from "./rich.js";
import { dayKey, hourMinute, shortDay, t } from "./words.js";

const ARRIVED = new Set(["sent", "delivered", "received"]);
const SEEN = "sandbox-seen-texts";

export function nursePhone(act, isSeen) {
  const phone = { number: "", nurses: [], texts: [], calls: [], seen: remembered() };
  const drawLog = follow(find("sms"), find("sms-end"));

  find("nurse-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const body = find("nurse-text").value.trim();
    if (!body || !phone.number) return;
    find("nurse-text").value = "";
    act(async () => {
      const { status } = await tell("twilio/replies", { from: phone.number, body });
      if (status >= 400) throw new Error(t("no_reply", { status }));
    });
  });

  phone.choose = (number) => {
    phone.number = number;
    phone.show(true);
  };

  phone.take = (seed, texts, calls) => {
    Object.assign(phone, { nurses: known(seed.nurses ?? [], texts, calls), texts, calls });
    phone.clinic = texts.findLast((text) => isFrom(text))?.from ?? seed.clinic?.phone ?? "";
    if (!phone.number) phone.number = phone.nurses[0]?.phone ?? "";
    phone.show(rang(phone));
  };

  phone.show = (jump) => {
    if (isSeen()) markSeen(phone);
    find("clinic-phone").textContent = phone.clinic ?? "";
    const nurse = phone.nurses.find((row) => row.phone === phone.number);
    find("nurse-name").textContent = nurse ? nurse.name || nurse.phone : "";
    tabs(phone);
    drawLog(() => keep(find("sms"), rowsOf(phone), (row) => drawn(row, act)), jump);
    badge(find("badge-nurse"), phone.nurses.reduce((sum, row) => sum + news(phone, row), 0));
  };
  return phone;
}

/** From the clinic; what a nurse writes is "received" there. */
const isFrom = (text) => text.status !== "received";
const endOf = (text) => (isFrom(text) ? text.to : text.from);

/** The seeded nurses, and every other phone that was written to or called. */
function known(nurses, texts, calls) {
  const rows = new Map(nurses.map((nurse) => [nurse.phone, nurse]));
  for (const number of [...texts.map(endOf), ...calls.map((call) => call.to)]) {
    if (!rows.has(number)) rows.set(number, { name: "", phone: number });
  }
  return [...rows.values()];
}

const arrivedAt = (phone, number) => phone.texts.filter(
  (text) => isFrom(text) && text.to === number && ARRIVED.has(text.status));

const unread = (phone, { phone: number }) =>
  Math.max(0, arrivedAt(phone, number).length - (phone.seen[number] ?? 0));

const isRinging = (phone, number) => phone.calls.some((call) => call.waits && call.to === number);
const news = (phone, nurse) => unread(phone, nurse) + Number(isRinging(phone, nurse.phone));

/** A phone that begins to ring is taken in hand; whether one did. */
function rang(phone) {
  const ringing = phone.calls.findLast((call) => call.waits);
  if (!ringing || ringing.sid === phone.rang) return false;
  phone.rang = ringing.sid;
  phone.number = ringing.to;
  return true;
}

function markSeen(phone) {
  phone.seen[phone.number] = arrivedAt(phone, phone.number).length;
  sessionStorage.setItem(SEEN, JSON.stringify(phone.seen));
}

const remembered = () => JSON.parse(sessionStorage.getItem(SEEN) ?? "{}");

function tabs(phone) {
  const rows = phone.nurses.map((nurse) => ({
    key: nurse.phone, ...nurse, count: unread(phone, nurse), chosen: nurse.phone === phone.number,
    label: t("unread"), rings: isRinging(phone, nurse.phone), ringing: t("ringing"),
  }));
  keep(find("nurses"), rows, (row) => make("button", {
    type: "button", "aria-pressed": String(row.chosen), onclick: () => phone.choose(row.phone),
    title: row.phone,
  }, avatar(row.name || "#", row.phone.slice(-2)), make("span", {}, row.name || row.phone),
  row.rings ? make("em", { class: "badge rings", "aria-label": row.ringing }, icon("call")) : null,
  row.count ? make("em", { class: "badge", "aria-label": `${row.count} ${row.label}` },
    String(row.count)) : null));
}

function rowsOf(phone) {
  const mine = [
    ...phone.texts.filter((text) => endOf(text) === phone.number),
    ...phone.calls.filter((call) => call.to === phone.number).map((call) => ({ ...call, call: 1 })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  const rows = [];
  let day = "";
  for (const row of mine) {
    const at = new Date(row.at);
    if (dayKey(at) !== day) rows.push({ key: `day ${dayKey(at)}`, day: shortDay(at) });
    day = dayKey(at);
    rows.push({ ...row, key: row.sid, time: hourMinute(at), fate: t(row.status) });
  }
  return rows.length ? rows : [{ key: "empty", note: t("empty_sms") }];
}

function drawn(row, act) {
  if (row.day) return make("p", { class: "day" }, make("span", {}, row.day));
  if (row.note) return make("p", { class: "note" }, row.note);
  if (row.call) return call(row, act);
  const lost = ["undelivered", "failed"].includes(row.status);
  const about = { class: `said ${isFrom(row) ? "" : "mine"} ${lost ? "lost" : ""}` };
  const code = row.error_code ? ` ${row.error_code}` : "";
  return make("div", about,
    make("div", { class: "bubble" }, make("div", { class: "words" }, ...linked(row.body))),
    make("span", { class: "fate" }, `${row.time} · ${row.fate}${code}`));
}

function call(row, act) {
  const heard = row.said ? [make("q", {}, row.said)] : [];
  const keys = row.pressed ? [make("small", {}, t("pressed", { keys: row.pressed }))] : [];
  return make("div", { class: `said call ${row.waits ? "rings" : ""}` },
    make("div", { class: "bubble" }, make("b", {}, icon("call"), t("call")), ...heard, ...keys,
      row.waits ? answering(row.sid, act) : null),
    make("span", { class: "fate" }, `${row.time} · ${row.fate}`));
}

const answering = (sid, act) => make("div", { class: "answering" },
  make("button", {
    type: "button", class: "take", onclick: () => act(() => tell("twilio/keys", { sid, digits: "1" })),
  }, t("answer_call")),
  make("button", {
    type: "button", onclick: () => act(() => tell("twilio/refusals", { sid })),
  }, t("let_ring")));
