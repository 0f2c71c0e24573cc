// The pages as they were when there was a network: one account's only, and never older than a day.
const PAGES = "pages:";
const STATIC = "static";
const WAITING = "/mobile/waiting/";
const KEPT = "x-kept";
const PATIENCE = 6_000;
const A_DAY = 86_400_000;
const FRESH = 600_000;

async function named() {
  return (await caches.keys()).find((name) => name.startsWith(PAGES));
}

async function found(address) {
  const name = await named();
  const kept = name && (await (await caches.open(name)).match(address, { ignoreSearch: true, ignoreVary: true }));
  return kept && Date.now() - Date.parse(kept.headers.get(KEPT)) < A_DAY ? kept : undefined;
}

function bearing(body, type) {
  return new Response(body, { headers: { "Content-Type": type, [KEPT]: new Date().toISOString() } });
}

/** Keeps a page under its address without the question; a page of another account takes the place of all that was kept. */
async function keep(address, answer) {
  const { pathname, search } = new URL(address, location.href);
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || answer.redirected || search || !type.startsWith("text/html")) return;
  const text = await answer.text();
  const account = text.match(/data-account="([^"]+)"/)?.[1];
  if (!account) return;
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + account) await caches.delete(name);
  await (await caches.open(PAGES + account)).put(pathname, bearing(text, type));
  for (const [, part] of text.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)) await keepStatic(part);
  for (const [, part] of text.matchAll(/(?:src|data-base)="(\/(?:documents|map)\/[^"]+)"/g)) await keepOnce(part);
}

/** Keeps a picture or the map of a page that is kept before it was opened. */
async function keepOnce(address) {
  if (await found(address)) return;
  const answer = await fetch(address);
  if (answer.ok) await keepPart(await named(), address, answer);
}

/** Keeps a script or style, and what it imports: their addresses change with them, so once is enough. */
async function keepStatic(address) {
  const cache = await caches.open(STATIC);
  if (await cache.match(address)) return;
  const answer = await fetch(address);
  if (!answer.ok) return;
  await cache.put(address, answer.clone());
  if (!/\.js(\?|$)/.test(address)) return;
  for (const [, name] of (await answer.text()).matchAll(/["'](?:\.\/)?([\w-]+\.js)["']/g)) await keepStatic(`/static/${name}`);
}

/** A kept page, which says when it was. */
async function dated(kept) {
  const at = kept.headers.get(KEPT);
  const text = (await kept.text()).replace("<body ", `<body data-kept="${at}" `);
  return new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

function soon(answer, patience) {
  const late = new Promise((_, reject) => setTimeout(reject, patience, new Error("late")));
  return Promise.race([answer, late]);
}

/** A page from the network, for want of that as it was kept, for want of that the page that says what to do. */
export async function page(event) {
  const { pathname } = new URL(event.request.url);
  const kept = await found(pathname);
  try {
    const asked = fetch(event.request);
    const answer = await (kept ? soon(asked, PATIENCE) : asked);
    if (answer.type === "basic") event.waitUntil(keep(event.request.url, answer.clone()));
    return answer;
  } catch {
    if (kept) return dated(kept);
    if (pathname !== WAITING && (await found(WAITING))) return Response.redirect(`${WAITING}?missing=1`, 303);
    return Response.error();
  }
}

/** A part of a page that comes again and again: without network it stays as it is. */
export async function quietly(request) {
  try {
    return await fetch(request);
  } catch {
    return new Response(null, { status: 204 });
  }
}

/** What pages are made of: scripts and styles as they were kept (their address changes with them), pictures from the network first. */
export async function part(event, pathname) {
  const { request } = event;
  const whole = !request.headers.has("Range");
  if (pathname.startsWith("/static/")) {
    const cache = await caches.open(STATIC);
    const kept = await cache.match(request);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok && whole) event.waitUntil(cache.put(request, answer.clone()));
    return answer;
  }
  try {
    const answer = await fetch(request);
    const name = answer.ok && whole && (await named());
    if (name) event.waitUntil(keepPart(name, pathname, answer.clone()));
    return answer;
  } catch (lost) {
    const kept = await found(pathname);
    if (kept) return kept;
    throw lost;
  }
}

async function keepPart(name, pathname, answer) {
  const type = answer.headers.get("Content-Type") ?? "";
  await (await caches.open(name)).put(pathname, bearing(await answer.blob(), type));
}

/** Keeps pages that may be needed without network; one kept a short while ago is not asked for again. Old ones go. */
export async function keepPages(addresses) {
  const name = await named();
  const cache = name && (await caches.open(name));
  for (const request of cache ? await cache.keys() : []) {
    const kept = await cache.match(request);
    if (Date.now() - Date.parse(kept.headers.get(KEPT)) > A_DAY) await cache.delete(request);
  }
  for (const address of addresses) {
    const kept = await found(address);
    if (kept && Date.now() - Date.parse(kept.headers.get(KEPT)) < FRESH) continue;
    try {
      await keep(address, await fetch(address));
    } catch {
      return;
    }
  }
}

/** A new worker may come with new scripts: the old ones are kept no longer. */
export const forgetStatic = () => caches.delete(STATIC);
