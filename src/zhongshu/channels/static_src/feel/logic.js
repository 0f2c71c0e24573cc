// One round of a form in the page: what is asked, what must be answered, what works out to what. It mirrors
// `engine/intake/rules/rounds.py`; the plan is written by `engine/intake/rules/planned.py`.
import { fact, gathered } from "./answers.js";
import { Ask } from "./faults.js";
import { compile } from "./feel.js";
import { plain, worked } from "./worked.js";

/** @typedef {import("./feel.js").Portable|null} Rule null for one only the server can work out */
/** @typedef {{name: string, kind: string, many: boolean, most: number, required: boolean, visible: Rule[],
 *   mandatory: Rule[], computed: Rule[], names: string[], rows: Turn[]}} Turn what goes without saying may be missing */

const UNSAID = { many: false, most: 0, required: false, visible: [], mandatory: [], computed: [], names: [], rows: [] };
const plans = new WeakMap();

/** What is settled for these answers, by path: `phone`, or `members.0.income` in a row. `ask` are the paths of which
 * only the server can say all, for themselves or for what they hang on: then ask it for this round.
 * @param {{turns: Turn[]}} plan @param {Record<string, any>} answers as a form holds them
 * @returns {{shown: Set<string>, required: Set<string>, computed: Record<string, any>, ask: string[]}} */
export function settle(plan, answers) {
  if (!plans.has(plan)) plans.set(plan, plan.turns.map(ready));
  const turns = plans.get(plan);
  const groups = new Map(turns.filter((turn) => turn.kind === "rows").map((turn) => [turn.name, turn.most]));
  const round = { shown: new Set(), required: new Set(), computed: {}, ask: new Set() };
  const around = { values: new Map(), unsure: new Set() };
  const given = gathered(answers, groups);
  for (const turn of turns) take(turn, given.get(turn.name), "", around, round);
  for (const turn of turns) demand(turn, "", around, round);
  return { ...round, ask: [...round.ask] };
}

function ready(written) {
  const turn = { ...UNSAID, ...written };
  const rules = (each) => each.map((rule) => ({ names: rule?.names ?? [], ask: compile(rule) }));
  const [visible, mandatory, computed] = [turn.visible, turn.mandatory, turn.computed].map(rules);
  return { ...turn, visible, mandatory, computed, rows: turn.rows.map(ready) };
}

/** What a rule says, undefined if it or what it reads is for the server. */
function asked(rule, { values, unsure }) {
  return rule.names.some((name) => unsure.has(name)) ? undefined : rule.ask(values);
}

/** false if one of the rules is not true, undefined if only the server knows. */
function allTrue(rules, around) {
  const answers = rules.map((rule) => asked(rule, around));
  if (!answers.every((answer) => answer === true || answer === undefined)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** One question's turn: what it holds is known to those after it, if it is shown. */
function take(turn, given, prefix, around, round) {
  const path = prefix + turn.name;
  const shown = allTrue(turn.visible, around);
  if (shown) round.shown.add(path);
  const value = shown ? held(turn, given, path, around, round) : shown === false ? null : undefined;
  if (value === undefined) {
    round.ask.add(path);
    around.unsure.add(turn.name);
  } else if (value !== null) around.values.set(turn.name, value);
}

/** What a question that is shown holds, null for nothing, undefined if only the server can say. */
function held(turn, given, path, around, round) {
  if (turn.computed.length) {
    const found = asked(turn.computed[0], around);
    const value = found === undefined ? undefined : worked(turn.kind, found);
    if (value !== undefined) round.computed[path] = plain(value);
    return value;
  }
  if (turn.rows.length) return rowsOf(turn, given, path, around, round);
  try {
    return fact(turn, given);
  } catch (end) {
    if (end instanceof Ask) return undefined;
    throw end;
  }
}

function rowsOf(turn, given, path, around, round) {
  if (!Array.isArray(given)) return null;
  const rows = given.slice(0, turn.most + 1);
  while (rows.length && blank(turn, rows.at(-1))) rows.pop();
  const outside = within(turn, around);
  const found = rows.map((row, place) => rowOf(turn, row, `${path}.${place}.`, outside, round));
  if (found.includes(undefined)) return undefined;
  return found.length ? found : null;
}

const isRow = (row) => typeof row === "object" && row !== null && !Array.isArray(row);

function blank(turn, row) {
  if (!isRow(row)) return !row || (Array.isArray(row) && !row.length);
  try {
    return turn.rows.every((inner) => fact(inner, row[inner.name]) === null);
  } catch (end) {
    if (end instanceof Ask) return false;
    throw end;
  }
}

function rowOf(turn, row, prefix, outside, round) {
  if (!isRow(row)) return row ? "" : new Map();
  const inside = { values: new Map(outside.values), unsure: new Set(outside.unsure) };
  for (const inner of turn.rows) take(inner, row[inner.name], prefix, inside, round);
  if (turn.names.some((name) => inside.unsure.has(name))) return undefined;
  return new Map(turn.names.filter((name) => inside.values.has(name)).map((name) => [name, inside.values.get(name)]));
}

/** What a row knows of the answers outside: all but those its own questions have the names of. */
function within(turn, { values, unsure }) {
  const own = new Set(turn.names);
  return {
    values: new Map([...values].filter(([name]) => !own.has(name))),
    unsure: new Set([...unsure].filter((name) => !own.has(name))),
  };
}

/** Which must be answered: these rules read all that has been settled. */
function demand(turn, prefix, around, round) {
  const path = prefix + turn.name;
  if (!round.shown.has(path)) return;
  const rule = turn.computed.length || turn.required ? undefined : turn.mandatory[0];
  const must = rule ? asked(rule, around) : turn.required && !turn.computed.length;
  if (must === undefined) round.ask.add(path);
  if (must === true) round.required.add(path);
  const rows = around.values.get(turn.name);
  if (!turn.rows.length || !Array.isArray(rows)) return;
  const outside = within(turn, around);
  for (const [place, row] of rows.entries()) {
    const values = row instanceof Map ? new Map([...outside.values, ...row]) : outside.values;
    for (const inner of turn.rows) demand(inner, `${path}.${place}.`, { values, unsure: outside.unsure }, round);
  }
}
