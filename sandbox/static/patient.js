// The patient's phone: one chat with the bot.

import { ask, tell } from "./control.js";
import { badge, find, follow, icon, keep, make } from "./nodes.js";
import { samplePhoto } from "./photo.js";
import { linked, outward, rich } from "./rich.js";
import { commandMenu } from "./commands.js";
import { dayKey, hourMinute, shortDay, t } from "./words.js";

const INVITATION = /(?:t\.me|tg:\/\/resolve)\S*[?&]start=([\w-]+)\s*$/i;

export function patientPhone(act, isSeen) {
  const phone = { who: null, messages: [], pressed: new Set(), toastNumber: null, code: "" };
  const drawLog = follow(find("chat"), find("chat-end"));
  const send = (content) => act(async () => {
    const { chat_id, name, language, isNew } = phone.who;
    const about = isNew ? { name, language } : {};
    await tell("telegram/messages", { chat_id, ...content, ...about });
    phone.who.isNew = false;
  });
  const say = (text) => send({ text: asStart(text) });
  const menu = commandMenu(say);

  find("patient-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = find("patient-text").value.trim();
    if (!text || !phone.who) return;
    find("patient-text").value = "";
    menu.close();
    say(text);
  });
  find("start").addEventListener("click", () => say(`/start ${phone.code}`.trim()));
  find("send-photo").addEventListener("click", () => send({ photo: samplePhoto() }));

  const tap = (message, button) => act(async () => {
    phone.pressed.add(`${message.id} ${button.data}`);
    const { chat_id } = phone.who;
    await tell("telegram/taps", { chat_id, data: button.data, message_id: message.id });
  });

  phone.choose = (who, code = "") => {
    Object.assign(phone, { who, code, messages: [], toastNumber: null });
    phone.pressed.clear();
    find("patient-name").textContent = [...new Set([who.name, who.code])].filter(Boolean).join(" · ");
    menu.close();
  };

  phone.refresh = async (jump = false) => {
    if (!phone.who) return;
    const { chat_id, isNew } = phone.who;
    const chat = isNew ? { messages: [] } : await ask(`telegram/chats/${chat_id}`);
    if (phone.who.chat_id !== chat_id) return;
    show(chat, jump);
    const message_id = chat.messages.at(-1)?.id;
    if (phone.who.unread && message_id && isSeen()) {
      await tell(`telegram/chats/${chat_id}/read`, { message_id });
    }
  };

  function show(chat, jump) {
    phone.typing = Boolean(chat.typing);
    if (chat.messages.at(-1)?.id !== phone.messages.at(-1)?.id) phone.pressed.clear();
    phone.messages = chat.messages;
    const rows = rowsOf(chat, phone.pressed, phone.who.isNew);
    drawLog(() => keep(find("chat"), rows, (row) => drawn(row, say, tap)), jump);
    find("bot-state").textContent = t(phone.typing ? "typing" : "bot");
    find("bot-state").classList.toggle("typing", phone.typing);
    menu.offer(chat.commands ?? []);
    keyboard(chat.keyboard ?? [], say);
    find("start").hidden = chat.messages.length > 0;
    toast(phone, chat.toast);
  }
  return phone;
}

const asStart = (text) => {
  const link = text.match(INVITATION);
  return link ? `/start ${link[1]}` : text;
};

/** Messages with a line for each day, and the bot's typing at the end. */
function rowsOf(chat, pressed, isNew) {
  const rows = [];
  const unheard = new Set(chat.unconfirmed ?? []);
  let day = "";
  for (const message of chat.messages) {
    const at = new Date(message.at);
    if (dayKey(at) !== day) rows.push({ key: `day ${dayKey(at)}`, day: shortDay(at) });
    day = dayKey(at);
    const waits = [...pressed].filter((key) => key.startsWith(`${message.id} `));
    const heard = chat.unconfirmed ? !unheard.has(message.id) : null;
    rows.push({ key: message.id, message, waits, heard, time: hourMinute(at), edited: t("edited") });
  }
  if (!rows.length) rows.push({ key: "empty", note: t(isNew ? "new_phone_hint" : "empty_chat") });
  if (chat.typing) rows.push({ key: "typing", typing: t("typing") });
  return rows;
}

function drawn(row, say, tap) {
  if (row.day) return make("p", { class: "day" }, make("span", {}, row.day));
  if (row.note) return make("p", { class: "note" }, row.note);
  if (row.typing) return typing(row.typing);
  const { message } = row;
  const mine = message.from === "patient";
  const words = mine ? linked(message.text) : rich(message, say);
  const bubble = make("div", { class: "bubble" }, ...enclosed(message),
    make("div", { class: "words" }, ...words), foot(row, mine));
  const rows = message.buttons?.length ? [buttons(row, tap)] : [];
  return make("div", { class: mine ? "said mine" : "said" }, bubble, ...rows);
}

function foot(row, mine) {
  const edited = row.message.edited ? make("span", {}, row.edited) : null;
  const mark = mine && row.heard !== null ? icon(row.heard ? "checks" : "check") : null;
  return make("span", { class: "foot" }, edited, make("time", {}, row.time), mark);
}

const typing = (label) => make("div", { class: "said" },
  make("div", { class: "bubble dots", role: "img", "aria-label": label },
    make("i"), make("i"), make("i")));

function enclosed(message) {
  if (message.photo) return [picture(message.photo)];
  if (message.voice) return [make("audio", { src: message.voice, controls: true, preload: "none" })];
  if (!message.document) return [];
  const { name, file_name: fileName, url } = message.document;
  const label = make("span", { class: "file" }, icon("file"), name ?? fileName ?? t("file"));
  return [url ? make("a", { href: url, download: true }, label) : label];
}

function picture(photo) {
  if (typeof photo === "string" && photo.startsWith("/")) {
    return make("img", { src: photo, alt: t("photo"), class: "picture", loading: "lazy" });
  }
  return make("span", { class: "picture blank", role: "img", "aria-label": t("photo") }, icon("photo"));
}

function buttons(row, tap) {
  const { message, waits } = row;
  const one = (button) => {
    if (button.url) return outward(button.url, button.label, icon("out"));
    const waiting = waits.includes(`${message.id} ${button.data}`);
    const about = { type: "button", "aria-busy": waiting, onclick: () => tap(message, button) };
    return make("button", about, button.label);
  };
  return make("div", { class: "buttons" },
    ...message.buttons.map((line) => make("div", {}, ...line.map(one))));
}

function keyboard(rows, say) {
  const box = find("keyboard");
  box.hidden = !rows.length;
  keep(box, rows.map((line, key) => ({ key, line })), ({ line }) => make("div", {},
    ...line.map((label) => make("button", { type: "button", onclick: () => say(label) }, label))));
}

const TOAST_MS = 4000;

function toast(phone, given) {
  const number = given?.number ?? given?.text ?? "";
  const isNews = phone.toastNumber !== null && number !== phone.toastNumber && given;
  phone.toastNumber = number;
  if (!isNews) return;
  const node = find("toast");
  node.textContent = given.text;
  node.hidden = false;
  clearTimeout(phone.toastTimer);
  phone.toastTimer = setTimeout(() => { node.hidden = true; }, TOAST_MS);
}

export const patientBadge = (count) => badge(find("badge-patient"), count);
