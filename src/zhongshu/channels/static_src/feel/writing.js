// Any value as text, as `string` answers it.
import { DAY, MICRO, civil } from "./calendar.js";
import { written } from "./decimal.js";
import { Fault } from "./faults.js";
import { kind, length } from "./values.js";

const MOST_CHARACTERS = 10_000;

const two = (n) => String(n).padStart(2, "0");

function date({ n }) {
  const { year, month, day } = civil(n);
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

const fraction = (us) => (us ? `.${String(us).padStart(6, "0").replace(/0+$/, "")}` : "");

function time({ us, offset }) {
  const seconds = Math.floor(us / MICRO);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return clock + fraction(us % MICRO) + zone(offset);
}

function zone(offset) {
  if (!offset) return offset === null ? "" : "Z";
  const seconds = Math.abs(offset);
  const tail = seconds % 60 ? `:${two(seconds % 60)}` : "";
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${tail}`;
}

function days({ us }) {
  const total = us < 0n ? -us : us;
  const day = total / BigInt(DAY);
  const rest = Number(total % BigInt(DAY));
  const seconds = Math.floor(rest / MICRO);
  const [hours, minutes, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const last = second || rest % MICRO ? `${second}${fraction(rest % MICRO)}S` : "";
  const clock = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${last}`;
  const length = `${day ? `${day}D` : ""}${clock ? `T${clock}` : ""}`;
  return `${us < 0n ? "-" : ""}P${length || "T0S"}`;
}

function months({ total }) {
  const count = total < 0n ? -total : total;
  const [years, rest] = [count / 12n, count % 12n];
  return `${total < 0n ? "-" : ""}P${years ? `${years}Y` : ""}${rest || !years ? `${rest}M` : ""}`;
}

const TEMPORAL = {
  date,
  time,
  "date and time": (moment) => `${date(moment)}T${time(moment)}`,
  "days and time duration": days,
  "years and months duration": months,
};

/** A date, time or duration as text, undefined for anything else. */
export const temporal = (value) => TEMPORAL[kind(value)]?.(value);

/** The value as text, null for null; throws Fault if it is longer than a text may be. */
export function text(value) {
  if (value === null || typeof value === "string") return value;
  const pieces = [];
  let left = MOST_CHARACTERS;
  write(value, (piece) => {
    pieces.push(piece);
    left -= length(piece);
    if (left < 0) throw new Fault();
  });
  return pieces.join("");
}

function write(value, say) {
  switch (kind(value)) {
    case "string":
      return say(`"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);
    case "number":
      return say(written(value));
    case "list":
      return enclosed("[]", value, (item) => write(item, say), say);
    case "context":
      return enclosed("{}", value, ([key, item]) => (say(`${key}: `), write(item, say)), say);
    case "range":
      return range(value, say);
    case "function":
      return say("function");
  }
  return say(temporal(value) ?? String(value));
}

function enclosed([opening, closing], items, each, say) {
  say(opening);
  let first = true;
  for (const item of items) {
    if (!first) say(", ");
    first = false;
    each(item);
  }
  say(closing);
}

function range(value, say) {
  say(value.sign ? `(${value.sign} ` : value.lowClosed ? "[" : "(");
  if (value.sign) write(value.low ?? value.high, say);
  else {
    write(value.low, say);
    say("..");
    write(value.high, say);
  }
  say(!value.sign && value.highClosed ? "]" : ")");
}
