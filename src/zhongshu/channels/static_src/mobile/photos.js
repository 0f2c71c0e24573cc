// Photos are sent as soon as they are taken: a lost connection costs one photo, not the form.
import { nameFiles } from "../frame/files.js";
import { about } from "./acts.js";
import { uuid7 } from "./ids.js";
import { count, looked } from "./network.js";
import { here } from "./position.js";
import { keep } from "./queue.js";
import { say } from "./words.js";

let sent = 0;

/** The photo as the server would show it in a form that comes back. */
function kept(input, { value, address }) {
  sent += 1;
  const item = document.createElement("li");
  const image = Object.assign(document.createElement("img"), { src: address, alt: say("photo", { n: sent }), width: 120, height: 90 });
  const named = Object.assign(document.createElement("input"), { type: "hidden", name: input.name, value });
  const id = `${input.id}-sent-${sent}`;
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "photo-drop", value, id, className: "form-check-input" });
  const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: say("drop") });
  const choice = Object.assign(document.createElement("span"), { className: "choice" });
  choice.append(box, label);
  item.append(image, named, choice);
  return item;
}

function list(input) {
  const control = input.closest(".file");
  const before = control.previousElementSibling;
  if (before?.classList.contains("kept-photos")) return before;
  const made = Object.assign(document.createElement("ul"), { className: "kept-photos" });
  control.before(made);
  return made;
}

/** What a photo says of itself: where the device is now. When is told as it is sent: how long ago. */
function taken(file) {
  const spot = here();
  const place = spot ? [["taken-lon", spot.lon], ["taken-lat", spot.lat], ["taken-accuracy", spot.accuracy]] : [];
  return [["photo", file], ...place.map(([name, value]) => [name, String(value)])];
}

async function send(entries, id, address, token) {
  const body = new FormData();
  for (const [name, value] of [...entries, ["act-key", id], ["act-ago", "0"]]) body.append(name, value);
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  const told = await answer.json();
  return answer.ok ? told : Promise.reject(new Error(told.error));
}

/** Sends the files of `input`, saying how it goes in `told`; what the network loses stays chosen and goes with the form. */
async function sendAll(input, address, told) {
  const token = input.form.elements.csrfmiddlewaretoken.value;
  const left = new DataTransfer();
  const refused = [];
  told.textContent = say("sending");
  let queued = 0;
  for (const file of input.files) {
    const [id, at, entries] = [uuid7(), Date.now(), taken(file)];
    try {
      list(input).append(kept(input, await send(entries, id, address, token)));
    } catch (problem) {
      if (!(problem instanceof TypeError || problem instanceof SyntaxError)) refused.push(problem.message);
      else if (looked()) {
        await keep({ id, account: document.body.dataset.account, address, about: about(input.form), at, entries });
        list(input).append(kept(input, { value: id, address: URL.createObjectURL(file) }));
        queued += 1;
      } else left.items.add(file);
    }
  }
  input.files = left.files;
  nameFiles(input);
  const words = [...refused, left.files.length ? say("unsent") : "", queued ? say("photoKept") : ""].filter(Boolean);
  told.textContent = words.join(" ") || say("kept");
  if (queued) count();
  input.form.dispatchEvent(new Event("change"));
}

/** Sends each photo to `address` as it is taken, also one taken before this script was there. */
export function sendAsTaken(input, address) {
  input.capture = "environment";
  const told = Object.assign(document.createElement("p"), { className: "photo-words" });
  told.setAttribute("role", "status");
  input.closest(".file").after(told);
  input.addEventListener("change", () => sendAll(input, address, told));
  if (input.files.length) sendAll(input, address, told);
}
