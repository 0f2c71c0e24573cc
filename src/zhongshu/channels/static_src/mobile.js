// What a telephone adds to the officers' pages: where it is, a map of that, and photos sent as they are taken.
import { sendAsTaken } from "./mobile/photos.js";
import { followPosition } from "./mobile/position.js";

const { stand, photos } = document.querySelector("script[data-stand]").dataset;

for (const input of document.querySelectorAll("input[data-photos]")) sendAsTaken(input, photos);

const around = document.querySelector("[data-around]");
if (around) {
  const { drawAround } = await import("./mobile/around.js");
  drawAround(around);
}

followPosition(stand);

// A second tap on a button that is already on its way changes nothing; coming back to the page frees it.
const busy = new Set();
addEventListener("pageshow", () => busy.clear());
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (busy.has(event.target)) event.preventDefault();
  busy.add(event.target);
  event.target.setAttribute("aria-busy", "true");
});
