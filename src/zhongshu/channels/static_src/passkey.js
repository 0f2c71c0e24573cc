// Passkeys: a form with data-passkey asks the server what to ask, the browser answers, and the answer goes with the form.
const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const named = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

function make(options) {
  const user = { ...options.user, id: decode(options.user.id) };
  const excludeCredentials = named(options.excludeCredentials);
  const publicKey = { ...options, user, excludeCredentials, challenge: decode(options.challenge) };
  return navigator.credentials.create({ publicKey });
}

function use(options) {
  const allowCredentials = named(options.allowCredentials);
  const publicKey = { ...options, allowCredentials, challenge: decode(options.challenge) };
  return navigator.credentials.get({ publicKey });
}

function asJson({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const told = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, encode(response[part])]));
  return JSON.stringify({ id, rawId: encode(rawId), type, response: told });
}

async function ask(form) {
  const body = new URLSearchParams({ use: form.dataset.passkey });
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  const answer = await fetch(form.dataset.options, { method: "POST", body, headers });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

async function prove(form) {
  const wrong = form.querySelector("[data-passkey-wrong]");
  wrong.hidden = true;
  try {
    const options = await ask(form);
    const credential = await (form.dataset.passkey === "register" ? make(options) : use(options));
    form.elements.credential.value = asJson(credential);
    form.submit();
  } catch {
    wrong.hidden = false; // dismissed, timed out or unknown here: the browser does not tell which, and need not
    wrong.focus();
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      prove(form);
    });
  }
}
