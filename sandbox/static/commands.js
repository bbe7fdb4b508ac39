// The menu of the bot's commands: opened by its button or by typing "/".

import { find, keep, make } from "./nodes.js";

export function commandMenu(say) {
  const [list, opener, input] = [find("commands"), find("commands-open"), find("patient-text")];
  let all = [];

  const open = (wanted) => {
    const rows = all.filter(({ command }) => `/${command}`.startsWith(wanted));
    keep(list, rows.map((row) => ({ key: row.command, ...row })), drawn);
    list.hidden = !rows.length;
    opener.setAttribute("aria-expanded", String(!list.hidden));
  };
  const close = () => {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  };
  const choose = (command) => {
    if (input.value.startsWith("/")) input.value = "";
    close();
    input.focus();
    say(`/${command}`);
  };
  const drawn = ({ command, description }) => make("li", {},
    make("button", { type: "button", onclick: () => choose(command) },
      make("b", {}, `/${command}`), make("span", {}, description)));

  const step = (by) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    (buttons[at + by] ?? (by < 0 ? input : buttons[0])).focus();
  };
  const onKey = (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") { close(); input.focus(); }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  };

  opener.addEventListener("click", () => (list.hidden ? open("/") : close()));
  input.addEventListener("input", () => (input.value.startsWith("/") ? open(input.value) : close()));
  for (const node of [list, input, opener]) node.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#commands, #patient-form")) close();
  });

  return {
    close,
    offer(commands) {
      all = commands;
      opener.hidden = !all.length;
    },
  };
}
