// What happens in the city, as it happens: one stream a browser, shared by its tabs.
//
// A page listens on `document`:
//   zhongshu:entry       something happened; `detail` has id, verb, kind, subject, number, phase, category, at, finished
//   zhongshu:refresh     the page may have missed something: fetch anew
//   zhongshu:connection  `detail` has live (true or false) and heard (the Date of the last word from the server)
// An element `[data-live-state]` shows the connection in the words of its `data-live` and `data-lost` (“{time}”: last heard).
// The tab that holds the lock holds the stream and passes on what it hears; when it closes, the next one goes on from the
// last entry. Where a browser has no Web Locks (or the page is not served over HTTPS) each tab has a stream of its own.

const { feed, account = "" } = document.body.dataset;
const NAME = `zhongshu:feed:${account}`;
const LAST = `zhongshu:last:${account}`;
const SILENCE = 40_000; // the server says a word every 15 s
const LONGEST_WAIT = 60_000;

const shared = "locks" in navigator && "BroadcastChannel" in window;
const others = shared ? new BroadcastChannel(NAME) : null;
const known = new Set();
let live = false;
let heard = new Date();
let quiet;

const kept = {
  get last() {
    return localStorage.getItem(LAST) ?? "";
  },
  set last(id) {
    localStorage.setItem(LAST, id);
  },
};

function say(name, detail) {
  document.dispatchEvent(new CustomEvent(`zhongshu:${name}`, { detail }));
}

function show() {
  const time = heard.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const place of document.querySelectorAll("[data-live-state]")) {
    place.textContent = (live ? place.dataset.live : place.dataset.lost).replace("{time}", time);
    place.classList.toggle("is-lost", !live);
  }
  say("connection", { live, heard });
}

/** Takes in one word, from the server or from the tab that holds the stream. */
function take({ word, detail, at }) {
  clearTimeout(quiet);
  quiet = setTimeout(take, SILENCE + 5_000, { word: "lost" });
  if (word === "lost") live = false;
  else [live, heard] = [true, new Date(at)];
  show();
  if (word === "begin") say("refresh");
  if (word !== "entry" || known.has(detail.id)) return;
  known.add(detail.id);
  if (known.size > 1_000) known.delete(known.values().next().value);
  say("entry", detail);
}

/** Holds the stream open, going on after the entry `last`; when it breaks, waits longer each time. */
function hold(last) {
  let wait = 1_000;
  let silence;

  const pass = (word, detail) => {
    const told = { word, detail, at: Date.now() };
    take(told);
    others?.postMessage(told);
  };
  const open = () => {
    const stream = new EventSource(`${feed}/feed${last ? `?after=${last}` : ""}`, { withCredentials: true });
    const hear = (word) => ({ data, lastEventId }) => {
      clearTimeout(silence);
      silence = setTimeout(lose, SILENCE);
      wait = 1_000;
      if (lastEventId) kept.last = last = lastEventId;
      pass(word, { id: lastEventId, ...JSON.parse(data) });
    };
    const lose = () => {
      clearTimeout(silence);
      stream.close();
      pass("lost");
      setTimeout(open, wait * (0.75 + Math.random() / 2)); // not all browsers of a city at once
      wait = Math.min(2 * wait, LONGEST_WAIT);
    };
    for (const word of ["entry", "begin", "beat"]) stream.addEventListener(word, hear(word));
    stream.addEventListener("error", lose);
    silence = setTimeout(lose, SILENCE);
  };

  others?.addEventListener("message", ({ data }) => {
    if (data.word === "ask") others.postMessage({ word: live ? "beat" : "lost", at: heard.getTime() });
  });
  open();
}

async function share() {
  const forever = (last) => new Promise(() => hold(last));
  others.addEventListener("message", ({ data }) => data.word !== "ask" && take(data));
  const first = await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? forever("") : false));
  if (first === false) {
    say("refresh"); // what others heard before this page listened
    others.postMessage({ word: "ask" });
    navigator.locks.request(NAME, () => forever(kept.last));
  }
}

if (feed) {
  if (shared) share();
  else hold("");
}
