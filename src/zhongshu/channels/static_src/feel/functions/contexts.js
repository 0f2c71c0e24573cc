// Functions of contexts.
import { builtIn, scopedBuiltIn } from "./declaring.js";

const DEEPEST = 64;

builtIn("get value", "m: context, key: string", (context, key) => context.get(key));
builtIn("get value", "m: context, keys: list", (context, keys) => {
  let found = keys.length ? context : null;
  for (const key of keys) found = found instanceof Map && typeof key === "string" ? (found.get(key) ?? null) : null;
  return found;
});
builtIn("get entries", "m: context", (context) =>
  [...context].map(([key, value]) => new Map([["key", key], ["value", value]])),
);

builtIn("context", "entries: list", (entries) => {
  const made = new Map();
  for (const entry of entries) {
    if (!(entry instanceof Map && entry.has("key") && entry.has("value"))) return null;
    const key = entry.get("key");
    if (typeof key !== "string" || made.has(key)) return null;
    made.set(key, entry.get("value"));
  }
  return made;
});

const put = (context, key, value) => new Map([...context, [key, value]]);

function putAt(context, keys, value) {
  if (!keys.length || keys.length > DEEPEST || typeof keys[0] !== "string" || !(context instanceof Map)) return null;
  if (keys.length === 1) return put(context, keys[0], value);
  const inner = putAt(context.has(keys[0]) ? context.get(keys[0]) : new Map(), keys.slice(1), value);
  return inner && put(context, keys[0], inner);
}

builtIn("context put", "context: context, key: string, value: any", put);
builtIn("context put", "context: context, keys: list, value: any", putAt);

scopedBuiltIn("context merge", "contexts: list", (scope, contexts) => {
  if (!contexts.every((context) => context instanceof Map)) return null;
  scope.spend(contexts.reduce((sum, context) => sum + context.size, 0));
  return new Map(contexts.flatMap((context) => [...context]));
});
