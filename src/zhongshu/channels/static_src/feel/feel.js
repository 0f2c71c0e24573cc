// FEEL in the page: expressions the server has read, worked out here to the same answer.
import { build } from "./closures/building.js";
import "./closures/calling.js";
import "./closures/choosing.js";
import "./closures/looking.js";
import "./closures/walking.js";
import { Ask, Exhausted } from "./faults.js";
import { Scope } from "./scope.js";

const VERSION = 1;

/** @typedef {{feel: number, names: string[], tree: any}} Portable an expression as the server writes it */

/** An expression that can be asked again and again; one the page cannot read is for the server.
 * @param {Portable|null} portable */
export function compile(portable) {
  const closure = portable?.feel === VERSION ? built(portable.tree) : null;
  /** The value for this data, null where there is none, undefined where only the server can say.
   * `at` is what `today()` and `now()` answer, as 2026-03-01T08:30:00+08:00.
   * @param {Record<string, any>|Map<string, any>} data @param {string|null} at */
  return (data, at = null) => {
    try {
      return closure ? closure(new Scope(data, at)) : undefined;
    } catch (end) {
      if (end instanceof Exhausted) return null;
      if (end instanceof Ask || end instanceof RangeError) return undefined;
      throw end;
    }
  };
}

function built(tree) {
  try {
    return build(tree);
  } catch (end) {
    if (end instanceof Ask) return null;
    throw end;
  }
}
