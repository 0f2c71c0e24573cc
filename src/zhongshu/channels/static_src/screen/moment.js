// The time slider: the map at the whole hours of the last day, and now. Nothing is kept: a past hour comes from the
// browser's own store, which its address names.
import { follow } from "./source.js";

const STEP = 1_200; // between two hours while it plays
const FORGOTTEN = 180_000; // somebody has left it in the past

/** Drives the map from the form in `place` over `hours`; `show` draws an answer. */
export function moments(place, hours, show) {
  const { slider, play } = place.elements;
  let playing = null;
  let leaving = null;
  let latest = 0;

  const now = () => Number(slider.value) === hours.length - 1;
  const renew = follow("points", hours.at(-1).address, { oftenest: 5_000, rarest: 60_000, asked: 0 });
  document.addEventListener("zhongshu:points", ({ detail }) => now() && show(detail));

  async function look() {
    const turn = ++latest;
    const { said, address } = hours[slider.value];
    slider.setAttribute("aria-valuetext", said);
    place.toggleAttribute("data-past", !now());
    place.elements.back.hidden = now();
    clearTimeout(leaving);
    if (now()) return renew();
    leaving = setTimeout(toNow, FORGOTTEN);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const found = answer.ok && (await answer.json());
      if (found && turn === latest) show(found);
    } catch {
      // The line of the connection says why; the next position asks again.
    }
  }

  function stop() {
    clearTimeout(playing);
    playing = null;
    play.setAttribute("aria-pressed", "false");
    play.textContent = play.dataset.start;
  }

  async function go() {
    await look();
    if (playing === null) return;
    if (now()) stop();
    else playing = setTimeout(() => (slider.stepUp(), go()), STEP);
  }

  function toNow() {
    stop();
    slider.value = slider.max;
    look();
  }

  play.addEventListener("click", () => {
    if (playing !== null) return stop();
    if (now()) slider.value = 0;
    playing = 0;
    play.setAttribute("aria-pressed", "true");
    play.textContent = play.dataset.stop;
    go();
  });
  slider.addEventListener("input", () => (stop(), look()));
  place.elements.back.addEventListener("click", toNow);
  place.hidden = false;
  look();
  return {
    renew: () => now() && renew(),
    shift: (fresh) => (hours = fresh),
  };
}
