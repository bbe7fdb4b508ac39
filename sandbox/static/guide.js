// Beside the phones: whom to speak as, how to enter the clinic, what to try, what to break.

import { ask, tell } from "./control.js";
import { avatar, badge, find, keep, make } from "./nodes.js";
import { outward } from "./rich.js";
import { either, speaks, t } from "./words.js";

export function showSteps(seed) {
  const rows = (seed.first_steps ?? []).map((step, key) => ({ key, words: either(step) }));
  keep(find("steps"), rows, ({ words }) => make("li", {}, words));
  find("steps").closest("section").hidden = !rows.length;
}

/** The phones that there are, each with what is known of its owner. */
export function people(seed, chats) {
  const hints = new Map((seed.chats ?? []).map((row) => [row.chat_id, row]));
  const rows = chats.map((chat) => ({ ...hints.get(chat.chat_id), ...named(chat) }));
  const open = new Set(chats.map((chat) => chat.chat_id));
  const unopened = [...hints.values()].filter((row) => !open.has(row.chat_id));
  return [...rows, ...unopened.map((row) => ({ ...row, isNew: true }))];
}

const named = (chat) =>
  Object.fromEntries(Object.entries(chat).filter(([, value]) => value !== "" && value != null));

export function showPeople(rows, chosen, choose) {
  const shown = rows.map((row) => ({
    key: row.chat_id, row, hint: either(row, "hint") || row.hint || "",
    chosen: row.chat_id === chosen, label: t("unread"),
  }));
  keep(find("patients"), shown, ({ row, hint, chosen: isChosen, label }) => make("li", {},
    make("button", {
      type: "button", "aria-pressed": String(isChosen), onclick: () => choose(row),
    }, avatar(row.name ?? "", row.chat_id), make("span", { class: "who" },
      make("b", {}, row.name ?? String(row.chat_id)),
      row.code && row.code !== row.name ? make("code", {}, row.code) : null,
      make("small", {}, hint)),
    row.unread && !isChosen ? make("em", { class: "badge", "aria-label": `${row.unread} ${label}` },
      String(row.unread)) : null)));
}

export function showClinic(seed) {
  const links = (seed.links ?? []).map((row, key) =>
    ({ key, url: row.url, label: either(row, "label") || row.label || row.url }));
  keep(find("links"), links, ({ url, label }) => make("li", {}, outward(url, label)));
  const codes = new Map((seed.otps ?? []).map((row) => [row.name, row.code]));
  const staff = (seed.staff ?? []).map((row) => ({
    key: row.email, ...row, words: [t(row.role), t("password"), t("one_time")],
    left: row.seconds_left ? t("seconds_left", { n: row.seconds_left }) : "",
    code: row.one_time_code ?? row.code ?? codes.get(row.email) ?? codes.get(row.name),
  }));
  keep(find("staff"), staff, person);
}

const person = (row) => make("li", {},
  make("b", {}, row.name), make("small", {}, row.words[0]),
  make("code", {}, row.email),
  make("span", {}, `${row.words[1]} `, make("code", {}, row.password)),
  row.code ? make("span", {}, `${row.words[2]} `, make("code", { class: "code" }, row.code),
    row.left ? make("small", {}, ` ${row.left}`) : null) : null);

const PRESETS = {
  p_busy: { service: "telegram", kind: "status", status: 429, retry_after: 2, times: 3 },
  p_down: { service: "telegram", kind: "status", status: 502, times: 3 },
  p_blocked: { service: "telegram", kind: "status", status: 403, times: 1 },
  p_repeat: { service: "telegram", kind: "repeat", times: 1 },
  p_undelivered: { service: "twilio", kind: "undelivered", error_code: 30003, times: 1 },
  p_sms_down: { service: "twilio", kind: "status", status: 503, times: 2 },
};

export function faultsPanel(act) {
  const add = (fault) => act(() => tell("faults", fault));
  find("fault-form").addEventListener("submit", (event) => {
    event.preventDefault();
    add(filled(event.target));
  });
  find("fault-clear").addEventListener("click", () => act(() => ask("faults", "DELETE")));
  return {
    async refresh() {
      showPresets(add);
      const { faults = [] } = await ask("faults");
      badge(find("badge-faults"), faults.length);
      const none = [{ key: speaks(), words: t("f_none") }];
      const rows = faults.map((fault, key) => ({ key: `fault ${key}`, words: summary(fault) }));
      keep(find("fault-list"), rows.length ? rows : none, ({ words }) => make("li", {}, words));
    },
  };
}

const showPresets = (add) => keep(find("presets"),
  Object.entries(PRESETS).map(([key, fault]) => ({ key, fault, label: t(key) })),
  ({ fault, label }) => make("button", { type: "button", onclick: () => add(fault) }, label));

const WHOLE = new Set(["times", "status", "error_code", "retry_after"]);

const filled = (form) => Object.fromEntries(
  [...new FormData(form)].filter(([, value]) => value !== "")
    .map(([name, value]) => [name, WHOLE.has(name) ? Number(value) : value]));

function summary({ service, kind, times, ...rest }) {
  const about = Object.entries(rest).filter(([, value]) => value)
    .map(([name, value]) => `${name} ${value}`);
  return [`${service}: ${kind}`, ...about, `×${times}`].join(" · ");
}
