// What has grown old fades and says so: a number nobody renews must not look like one that holds.

const OLD = 90_000;
const EVERY = 5_000;
let ahead = 0; // how far the server's clock is before ours, so that a wrong clock on the wall makes nothing old

/** Takes in when, by the server's clock, something was just said. */
export function heard(moment) {
  ahead = Date.parse(moment) - Date.now();
  look();
}

/** Marks each `[data-fresh]` (when it was so) that is old, and writes into its `[data-age]` since when. */
export function look() {
  for (const place of document.querySelectorAll("[data-fresh]")) {
    const age = Date.now() + ahead - Date.parse(place.dataset.fresh);
    const old = age > OLD;
    place.classList.toggle("is-old", old);
    const said = place.querySelector("[data-age]");
    const words = old ? said.dataset.age.replace("{n}", Math.floor(age / 60_000)) : "";
    if (said.textContent !== words) said.textContent = words;
  }
}

setInterval(look, EVERY);
