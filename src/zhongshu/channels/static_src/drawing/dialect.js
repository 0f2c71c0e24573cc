// BPMN as the engine reads it. A list of instances is an expression (`answers.bodies`), where the standard's own model
// has the id of a data element: read as an id it would be looked for, not found, and lost with the next save.
import standard from "bpmn-moddle/resources/bpmn/json/bpmn.json";

const model = structuredClone(standard);
const rounds = model.types.find((type) => type.name === "MultiInstanceLoopCharacteristics");
Object.assign(rounds.properties.find((property) => property.name === "loopDataInputRef"), { type: "String", isReference: false });

export const dialect = { bpmn: model };

/** What of a file would be gone once it is written again, by what was said when it was read. */
export function lost(warnings) {
  return warnings.map((each) => each.message).filter((message) => /unresolved reference|unparsable/.test(message));
}
