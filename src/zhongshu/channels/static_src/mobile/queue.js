// What the officer did, kept in the telephone's own database until the platform has it. Used by the pages and by the worker.
//
// An act: {id, account, address, about, entries: [[name, text or file]], points, at, title, typed: [[label, text]], page, state,
// sentence, happened}. `id` is its key (UUIDv7), `at` when it was done, `about` what must be sent in order, `state` "waiting" or
// "refused".
const NAME = "zhongshu-street";

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("acts", { keyPath: "id" });
      asked.result.createObjectStore("points", { autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/** Does `work(store)` in a transaction of its own; resolves, once that is kept, with the result of the request it returns. */
async function within(store, work) {
  const transaction = (await open()).transaction(store, "readwrite");
  return new Promise((resolve, reject) => {
    const asked = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** The acts of an account, in the order they were done. */
export async function acts(account) {
  const all = await within("acts", (store) => store.getAll());
  return all.filter((act) => act.account === account).sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

export const keep = (act) => within("acts", (store) => store.put({ state: "waiting", entries: [], typed: [], ...act }));

export const drop = (id) => within("acts", (store) => store.delete(id));

export const act = (id) => within("acts", (store) => store.get(id));

/** Keeps a point of the officer's way. */
export const keepPoint = (point) => within("points", (store) => store.add(point));

export const points = () => within("points", (store) => store.getAll());

/** Makes acts of the points kept so far: `make(points)` says which; only then are the points forgotten. */
export async function bundle(make) {
  const transaction = (await open()).transaction(["acts", "points"], "readwrite");
  return new Promise((resolve, reject) => {
    const asked = transaction.objectStore("points").getAll();
    asked.onsuccess = () => {
      for (const made of make(asked.result)) transaction.objectStore("acts").put({ state: "waiting", entries: [], typed: [], ...made });
      transaction.objectStore("points").clear();
    };
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
