// What one evaluation knows, and how much it may still do.
import { Exhausted } from "./faults.js";
import { incoming } from "./values.js";

const MOST_WORK = 200_000;

export class Scope {
  /** @param {Record<string, any>|Map<string, any>} data @param {string|null} at */
  constructor(data, at = null) {
    this.given = data instanceof Map ? data : new Map(Object.entries(data));
    this.known = new Map();
    this.bound = new Map(); // never written to, only replaced
    this.at = at;
    this.work = MOST_WORK;
    this.depth = 0;
    this.spend = (work) => {
      this.work -= work;
      if (this.work < 0) throw new Exhausted();
    };
  }

  /** Whether there is anything by that name. */
  holds(name) {
    return this.bound.has(name) || this.given.has(name);
  }

  /** What is known by that name, undefined if nothing is. */
  value(name) {
    if (this.bound.has(name)) return this.bound.get(name);
    if (!this.known.has(name) && this.given.has(name)) this.known.set(name, incoming(this.given.get(name)));
    return this.known.get(name);
  }

  /** Works with these names as well, then forgets them.
   * @param {Iterable<[string, any]>} names @param {() => any} work */
  among(names, work) {
    const outer = this.bound;
    this.bound = new Map([...outer, ...names]);
    try {
      return work();
    } finally {
      this.bound = outer;
    }
  }
}
