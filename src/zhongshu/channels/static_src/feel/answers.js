// What a form holds, brought to FEEL's values as the server brings it (`engine/intake/rules`: cleaning, facts).
import { civil } from "./calendar.js";
import { Ask } from "./faults.js";
import { readDay, readMoment, readTime } from "./reading.js";
import { incoming } from "./values.js";

const AROUND = /^(?:[^\S\ufeff]|[\x1c-\x1f\x85])+|(?:[^\S\ufeff]|[\x1c-\x1f\x85])+$/g;
const WHOLE = /^[+-]?[0-9]{1,30}$/;
const FRACTION = /^[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})$/;
const GROUPED = /^[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,9}(?:\.[0-9]{0,30})?$/;
const DAY = /^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$/;
const TIME = /^([0-9]{1,2})[:：]([0-9]{2})(?::([0-9]{2}))?$/;
const MOMENT = /^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?$/;
const SPOT = /^([^.]{1,64})\.(0|[1-9][0-9]?)\.([^.]{1,64})$/;
const SETTLED = 1992; // since then the clocks of Shanghai have not been turned
const [YES, NO] = [new Set(["true", "on", "1", "yes", "是"]), new Set(["false", "off", "0", "no", "否"])];

const narrow = (text) => text.normalize("NFKC");
const two = (text) => text.padStart(2, "0");

function number(text) {
  const plain = narrow(text);
  if (WHOLE.test(plain)) return BigInt(plain.replace("+", ""));
  return FRACTION.test(plain) ? counted(Number(plain)) : text;
}

const counted = (value) => (Number.isInteger(value) ? BigInt(value) : value);

/** Money as people write it: ¥ before, 元 behind, thousands apart. */
function amount(text) {
  const plain = narrow(text).replaceAll(" ", "").replace(/^¥/, "").replace(/元$/, "");
  const found = number(GROUPED.test(plain) ? plain.replaceAll(",", "") : plain);
  return typeof found === "string" ? text : found;
}

function truth(text) {
  const word = text.toLowerCase();
  return YES.has(word) || (NO.has(word) ? false : text);
}

function day(text) {
  const plain = narrow(text);
  const parts = DAY.exec(plain.replaceAll(" ", ""));
  const found = readDay(parts ? `${parts[1]}-${two(parts[2])}-${two(parts[3])}` : plain);
  const { year } = found ? civil(found.n) : { year: 0 };
  return year >= 1 && year <= 9999 ? found : text;
}

function time(text) {
  const parts = TIME.exec(narrow(text));
  return (parts && readTime(`${two(parts[1])}:${parts[2]}:${parts[3] ?? "00"}`)) ?? text;
}

/** A moment as the browser's own field writes it, in Shanghai's time; any other way of writing is for the server. */
function moment(text) {
  const parts = MOMENT.exec(narrow(text));
  if (!parts && !/[T:：]/.test(text)) return text;
  if (!parts || Number(parts[1].slice(0, 4)) < SETTLED) throw new Ask();
  return readMoment(`${parts[1]}T${parts[2]}${parts[3] ?? ":00"}+08:00`) ?? text;
}

const phone = (text) => narrow(text).replaceAll(" ", "").replace(/^\+86/, "");
const code = (text) => narrow(text).replace(/[\s-]/g, "").toUpperCase();
const READERS = {
  ...{ number, integer: number, bodies: number, amount, boolean: truth, date: day, time, "date-time": moment },
  ...{ phone, email: narrow, "id-number": code, uscc: code },
};

/** One answer as FEEL has it, null if it is blank; what cannot be understood stays as it is.
 * @param {{kind: string, many: boolean, most: number}} field */
export function fact(field, value) {
  if (field.many) {
    const items = (Array.isArray(value) ? value : [value]).slice(0, field.most + 1).map((item) => single(field, item));
    const kept = items.filter((item) => item !== null);
    return kept.length ? kept : null;
  }
  return single(field, Array.isArray(value) && value.length < 2 ? value[0] : value);
}

function single({ kind }, value) {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return incoming(counted(value));
  if (typeof value !== "string") return Array.isArray(value) ? [] : typeof value === "boolean" ? value : null;
  const text = value.replace(/\r\n?/g, "\n").replace(AROUND, "");
  return text ? incoming(Object.hasOwn(READERS, kind) ? READERS[kind](text) : text) : null;
}

/** The answers with inputs such as `members.0.income` brought together to rows.
 * `groups` are those that repeat, with their most rows.
 * @param {Record<string, any>} answers @param {Map<string, number>} groups */
export function gathered(answers, groups) {
  const [found, loose] = [new Map(), new Map()];
  for (const [path, value] of Object.entries(answers)) {
    const [, group, row, name] = SPOT.exec(path) ?? [];
    if (!group) found.set(path, value);
    else if (groups.has(group) && Number(row) <= groups.get(group)) {
      if (!loose.has(group)) loose.set(group, []);
      const rows = loose.get(group);
      (rows[Number(row)] ??= {})[name] = value;
    }
  }
  for (const [group, rows] of loose) {
    if (!given(found.get(group))) found.set(group, Array.from(rows, (row) => row ?? {}));
  }
  return found;
}

const given = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
