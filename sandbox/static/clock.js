// The sandbox's clock, shown on the page and on both phones, and moved.

import { ask, tell } from "./control.js";
import { find } from "./nodes.js";
import { hourMinute, longDay, t, zoneName } from "./words.js";

export function sandboxClock(act, say) {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const buttons = [...document.querySelectorAll("[data-advance]")];

  const show = () => {
    const time = hourMinute(now());
    find("time").textContent = time;
    find("time").setAttribute("datetime", now().toISOString());
    find("date").textContent = longDay(now());
    find("zone").textContent = zoneName();
    for (const node of document.querySelectorAll(".phone-time")) node.textContent = time;
  };
  const refresh = async () => {
    const clock = await ask("clock");
    ahead = new Date(clock.now) - Date.now();
    show();
  };
  const busy = (isBusy) => {
    find("busy").hidden = !isBusy;
    for (const button of buttons) button.disabled = isBusy;
  };
  const move = async (step) => {
    busy(true);
    say(t("moving"));
    try {
      await tell("clock", step === "next" ? { next_event: true } : { advance: step });
      await refresh();
    } finally {
      busy(false);
    }
    say(t("moved", { when: `${longDay(now())} ${hourMinute(now())}` }));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => act(() => move(button.dataset.advance)));
  }
  setInterval(show, 1000);
  return { refresh, show };
}
