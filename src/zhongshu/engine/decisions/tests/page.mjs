// The page's side of FEEL, asked line by line: {portable, data, at} is worked out, {plan, answers} settled, {} tells the
// functions.
import { createInterface } from "node:readline";
import { compile } from "../../../channels/static_src/feel/feel.js";
import { TABLE } from "../../../channels/static_src/feel/functions/index.js";
import { settle } from "../../../channels/static_src/feel/logic.js";
import { typed } from "../../../channels/static_src/feel/typed.js";

function workedOut({ portable, data, at }) {
  const value = compile(portable)(data, at);
  return value === undefined ? { ask: true } : { value: typed(value) };
}

function settled({ plan, answers }) {
  const { shown, required, computed, ask } = settle(plan, answers);
  return { shown: [...shown].sort(), required: [...required].sort(), computed, ask };
}

function functions() {
  const told = ({ name, kinds, optional, many }) => [name, [...kinds].sort(), optional, many];
  const signatures = (each) => each.signatures.map(({ parameters }) => parameters.map(told));
  return Object.fromEntries([...TABLE].map(([name, each]) => [name, signatures(each)]));
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = asked.plan ? settled(asked) : "portable" in asked ? workedOut(asked) : functions();
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
