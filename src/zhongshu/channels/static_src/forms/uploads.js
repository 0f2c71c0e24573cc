// Sends files as they are chosen, with progress, so that the form that follows is small and a lost network costs one file.
import { nameFiles } from "../frame/files.js";
import { uuid7 } from "../mobile/ids.js";

const AGAIN = 3_000;
let sent = 0;

/** @param {HTMLElement} questions @param {HTMLElement} drafts whose words and addresses are used */
export function uploads(questions, drafts) {
  questions.addEventListener("change", ({ target }) => {
    if (target.matches?.("input[type=file][data-kind]") && target.files.length) sendAll(target, drafts);
  });
}

async function sendAll(input, drafts) {
  const [told, bar] = lines(input);
  const left = new DataTransfer();
  const said = [];
  let refused = false;
  input.closest(".file").querySelector(".file-names")?.removeAttribute("aria-live"); // the line of the upload says it all
  for (const file of [...input.files]) {
    const answer = held(input) < Number(input.dataset.most) ? await sendOne(file, input, drafts, told, bar) : { error: drafts.dataset.full };
    refused ||= Boolean(answer?.error);
    if (answer?.value) {
      keep(input, answer);
      said.push(`${drafts.dataset.sent} ${answer.name}`);
    } else if (answer?.error) said.push(`${file.name}：${answer.error}`);
    else {
      left.items.add(file);
      said.push(`${drafts.dataset.unsent} ${file.name}`);
    }
  }
  bar.hidden = true;
  input.files = left.files;
  nameFiles(input);
  told.textContent = said.join(" ");
  told.classList.toggle("wrong", refused);
  if (refused) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (!left.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
  input.dispatchEvent(new Event("uploaded", { bubbles: true }));
}

/** Sends one file; how far it is the bar shows, and the line says now and then. */
function sendOne(file, input, drafts, told, bar) {
  const words = `${drafts.dataset.sending} ${file.name}`;
  let spoken = performance.now();
  bar.hidden = false;
  bar.setAttribute("aria-label", words);
  told.classList.remove("wrong");
  told.textContent = words;
  return send(file, input, drafts.dataset.files, (part) => {
    bar.value = part;
    if (performance.now() - spoken < AGAIN) return;
    spoken = performance.now();
    told.textContent = `${words}${drafts.dataset.part} ${Math.floor(part * 100)} %`;
  });
}

/** The line that says how it goes, and the bar that shows it. */
function lines(input) {
  const control = input.closest(".file");
  const before = control.nextElementSibling;
  if (before?.matches(".upload")) return [before.querySelector("[role=status]"), before.querySelector("progress")];
  const place = Object.assign(document.createElement("div"), { className: "upload" });
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.id = `${input.id}-upload`;
  input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0, hidden: true });
  place.append(told, bar);
  control.after(place);
  return [told, bar];
}

function held(input) {
  const list = kept(input);
  return list ? list.querySelectorAll("input[type=hidden]").length - list.querySelectorAll("[name='photo-drop']:checked").length : 0;
}

const kept = (input) => input.closest(".field").querySelector("[data-kept]");

/** What the server says of a file that was sent; {error} where it refuses it, null without network. */
function send(file, input, address, moved) {
  const body = new FormData();
  for (const [name, value] of [["file", file], ["kind", input.dataset.kind], ["id", uuid7()]]) body.append(name, value);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", input.form.elements.csrfmiddlewaretoken.value);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => moved(total ? loaded / total : 0));
    request.addEventListener("load", () => done(read(request)));
    request.addEventListener("error", () => done(null));
    request.send(body);
  });
}

function read({ status, responseText }) {
  try {
    return status < 500 ? JSON.parse(responseText) : null;
  } catch {
    return null;
  }
}

/** The file as the server would show it in a form that comes back. */
function keep(input, { value, address, name }) {
  sent += 1;
  const field = input.closest(".field");
  const item = field.querySelector("template[data-sent]").content.cloneNode(true);
  const [link, image] = [item.querySelector("a"), item.querySelector("img")];
  if (link) Object.assign(link, { href: address, textContent: name });
  if (image) Object.assign(image, { src: address, alt: name });
  Object.assign(item.querySelector("input[type=hidden]"), { name: input.name, value });
  const id = `${input.id}-sent-${sent}`;
  Object.assign(item.querySelector("input[type=checkbox]"), { id, value });
  item.querySelector("label").htmlFor = id;
  item.querySelector("[data-name]").textContent = name;
  list(input, Boolean(image)).append(item);
}

function list(input, photos) {
  const before = kept(input);
  if (before) return before;
  const made = Object.assign(document.createElement("ul"), { className: photos ? "kept-photos" : "plain-list" });
  made.dataset.kept = "";
  input.closest(".file").before(made);
  return made;
}
