// Where every family of nodes says how it is built. A node is a list that begins with what it is; a value written out
// is a text, a number, true, false, null, or an object that says its kind.
import { Ask } from "../faults.js";
import { incoming } from "../values.js";

/** @type {Record<string, (...parts: any[]) => (scope: import("../scope.js").Scope) => any>} */
export const BUILDERS = {};

/** The closure that works out a node. */
export function build(node) {
  if (!Array.isArray(node)) {
    const value = incoming(node);
    return () => value;
  }
  const [sort, ...parts] = node;
  if (!Object.hasOwn(BUILDERS, sort)) throw new Ask(); // a page older than the server
  return BUILDERS[sort](...parts);
}
