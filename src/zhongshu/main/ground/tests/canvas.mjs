// Reads BPMN files, a JSON object of name → text, and writes each again as the canvas of a page would, or why it would not.
import { BpmnModdle } from "bpmn-moddle";

import { dialect, lost } from "../../../channels/static_src/drawing/dialect.js";

let given = "";
for await (const part of process.stdin.setEncoding("utf8")) given += part;
const model = new BpmnModdle(dialect);
const written = {};
for (const [name, text] of Object.entries(JSON.parse(given))) {
  const { rootElement, warnings } = await model.fromXML(text);
  const gone = lost(warnings);
  written[name] = gone.length ? gone.join("; ") : (await model.toXML(rootElement, { format: true })).xml;
}
process.stdout.write(JSON.stringify(written));
