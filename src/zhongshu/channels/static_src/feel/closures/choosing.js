// What is reckoned, compared and decided.
import { calculate, negate } from "../arithmetic.js";
import { holds } from "../types.js";
import { Range, compare, equal, length } from "../values.js";
import { BUILDERS, build } from "./building.js";

BUILDERS.minus = (operand) => {
  const value = build(operand);
  return (scope) => negate(value(scope));
};

BUILDERS.reckon = (start, ...signs) => {
  const [first, rest] = [build(start), signs.map(([sign, operand]) => [sign, build(operand)])];
  return (scope) => {
    let value = first(scope);
    for (const [sign, operand] of rest) {
      value = calculate(sign, value, operand(scope));
      if (typeof value === "string") scope.spend(length(value) >> 6);
    }
    return value;
  };
};

for (const sign of ["=", "!=", "<", "<=", ">", ">="]) {
  BUILDERS[sign] = (one, other) => {
    const [left, right] = [build(one), build(other)];
    return (scope) => compare(sign, left(scope), right(scope), scope.spend);
  };
}

BUILDERS.between = (...nodes) => {
  const [value, low, high] = nodes.map(build);
  return (scope) => {
    const [least, most] = [low(scope), high(scope)];
    return new Range(least, most, true, true).holds(value(scope));
  };
};

const tested = ([sign, operand, asks]) => ({ sign, operand: build(operand), asks });

BUILDERS.in = (subject, ...nodes) => {
  const [value, tests] = [build(subject), nodes.map(tested)];
  return (scope) => {
    const found = value(scope);
    return settled(tests, ({ sign, operand }) => met(sign, found, operand(scope), scope), true);
  };
};

/** Whether a value meets a test: `sign operand`, or without a sign is it, lies in it or is among it. */
function met(sign, value, operand, scope) {
  if (sign) return compare(sign, value, operand, scope.spend);
  if (!Array.isArray(operand)) return among(value, operand, scope);
  scope.spend(operand.length);
  if (Array.isArray(value) && equal(value, operand, scope.spend)) return true;
  return operand.some((item) => among(value, item, scope) === true);
}

function among(value, item, scope) {
  if (item instanceof Range && !(value instanceof Range)) return item.holds(value);
  return equal(value, item, scope.spend);
}

BUILDERS.tests = (negated, ...nodes) => {
  const tests = nodes.map(tested);
  return (scope) => {
    const value = scope.value("?") ?? null;
    const answer = tests.length ? settled(tests, (test) => cell(test, value, scope), true) : true;
    return negated && tests.length && answer !== null ? !answer : answer;
  };
};

function cell({ sign, operand, asks }, value, scope) {
  const found = operand(scope);
  if (asks && !sign && (typeof found === "boolean" || found === null)) return found;
  if (found === true && !sign && typeof value !== "boolean") return true;
  return met(sign, value, found, scope);
}

/** `or` of what is asked of each where true is decisive, `and` where false is: the decisive one as soon as there is
 * one, else null if one is neither true nor false. @param {Iterable<any>} each @param {boolean} decisive */
export function settled(each, ask, decisive) {
  let answer = !decisive;
  for (const one of each) {
    const value = ask(one);
    if (value === decisive) return decisive;
    if (typeof value !== "boolean") answer = null;
  }
  return answer;
}

for (const [word, decisive] of [["and", false], ["or", true]]) {
  BUILDERS[word] = (...nodes) => {
    const parts = nodes.map(build);
    return (scope) => settled(parts, (part) => part(scope), decisive);
  };
}

BUILDERS.if = (...nodes) => {
  const [test, chosen, otherwise] = nodes.map(build);
  return (scope) => (test(scope) === true ? chosen(scope) : otherwise(scope));
};

BUILDERS["instance of"] = (subject, type) => {
  const value = build(subject);
  return (scope) => {
    const found = value(scope);
    return found !== null && holds(type, found, scope.spend);
  };
};
