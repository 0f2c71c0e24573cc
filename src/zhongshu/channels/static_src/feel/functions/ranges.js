// How points and ranges lie to each other, after Allen's interval algebra.
import { Fault } from "../faults.js";
import { Range, compare } from "../values.js";
import { builtIn } from "./declaring.js";

const KINDS = {
  point: "number|string|date|time|date and time|days and time duration|years and months duration",
  range: "range",
};

function is(sign, left, right) {
  const answer = compare(sign, left, right);
  if (answer === null) throw new Fault();
  return answer;
}

const before = (left, right) =>
  is("<", left.high, right.low) || (!(left.highClosed && right.lowClosed) && is("=", left.high, right.low));
const startsBy = (outer, inner) =>
  is("<", outer.low, inner.low) || ((outer.lowClosed || !inner.lowClosed) && is("=", outer.low, inner.low));
const endsBy = (outer, inner) =>
  is(">", outer.high, inner.high) || ((outer.highClosed || !inner.highClosed) && is("=", outer.high, inner.high));
const includes = (outer, inner) => startsBy(outer, inner) && endsBy(outer, inner);
const overlaps = (left, right) => !before(left, right) && !before(right, left);
const meets = (left, right) => left.highClosed && right.lowClosed && is("=", left.high, right.low);

function overlapsBefore(left, right) {
  const begins = is("<", left.low, right.low) || (is("=", left.low, right.low) && left.lowClosed && !right.lowClosed);
  const ends =
    is("<", left.high, right.high) || (is("=", left.high, right.high) && (!left.highClosed || right.highClosed));
  return begins && ends && !before(left, right);
}

const finishes = (left, right) =>
  left.highClosed === right.highClosed && is("=", left.high, right.high) && startsBy(right, left);
const starts = (left, right) =>
  left.lowClosed === right.lowClosed && is("=", left.low, right.low) && endsBy(right, left);
const coincides = (left, right) =>
  left.lowClosed === right.lowClosed && left.highClosed === right.highClosed &&
  is("=", left.low, right.low) && is("=", left.high, right.high);

const turned = (answer) => (left, right) => answer(right, left);
const asRange = (value) => (value instanceof Range ? value : new Range(value, value, true, true));

function declare(name, pairs, answer) {
  for (const [left, right] of pairs) {
    const [first, second] = left === right ? [`${left}1`, `${right}2`] : [left, right];
    const written = `${first}: ${KINDS[left]}, ${second}: ${KINDS[right]}`;
    builtIn(name, written, (one, other) => answer(asRange(one), asRange(other)));
  }
}

const [POINTS, INTO, OUT, RANGES] = [["point", "point"], ["point", "range"], ["range", "point"], ["range", "range"]];
declare("before", [POINTS, INTO, OUT, RANGES], before);
declare("after", [POINTS, INTO, OUT, RANGES], turned(before));
declare("meets", [RANGES], meets);
declare("met by", [RANGES], turned(meets));
declare("overlaps", [RANGES], overlaps);
declare("overlaps before", [RANGES], overlapsBefore);
declare("overlaps after", [RANGES], turned(overlapsBefore));
declare("finishes", [INTO, RANGES], finishes);
declare("starts", [INTO, RANGES], starts);
declare("during", [INTO, RANGES], turned(includes));
declare("finished by", [OUT, RANGES], turned(finishes));
declare("started by", [OUT, RANGES], turned(starts));
declare("includes", [OUT, RANGES], includes);
declare("coincides", [POINTS, RANGES], coincides);
