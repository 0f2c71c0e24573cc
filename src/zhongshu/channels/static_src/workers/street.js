// Looks after the officers' pages: shows what was kept when there is no network, and keeps what is done until it can be sent.
import { take } from "./street/acts.js";
import { forgetStatic, keepPages, page, part, quietly } from "./street/pages.js";
import { sendAll } from "./street/sending.js";

const ACTS = /^\/mobile\/(cases\/[^/]+\/tasks\/\d+\/((accept|arrive|release|voice)\/)?|report\/[^/]+\/)$/;
const ALIVE = /^\/mobile\/(me\/|worker\.js)$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(Promise.all([forgetStatic(), clients.claim()])));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || ALIVE.test(pathname)) return;
  if (request.method === "POST" && request.mode === "navigate" && ACTS.test(pathname)) event.respondWith(take(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (request.headers.get("HX-Request")) event.respondWith(quietly(request));
  else if (/^\/(static|documents|map)\//.test(pathname)) event.respondWith(part(event, pathname));
});

addEventListener("sync", (event) => event.waitUntil(sendAll()));

addEventListener("message", (event) => {
  if (event.data.go === "send") event.waitUntil(sendAll());
  if (event.data.go === "keep") event.waitUntil(keepPages(event.data.addresses));
});
