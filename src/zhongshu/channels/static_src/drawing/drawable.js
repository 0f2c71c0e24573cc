// Only what the engine executes can be drawn: the palette, the pad beside an element and the menu that changes one.
import ElementFactory from "bpmn-js/lib/features/modeling/ElementFactory";

const REFUSED = /transaction|ad-?hoc|complex|cancel|collapsed|choreography|group|participant|data-(object|store)|replace-with-task$/;
const ABOVE_THEIRS = 500;

/** A plain task says nothing of who does it, and the engine refuses it: what one draws is the task of a person. */
class Elements extends ElementFactory {
  create(kind, attributes) {
    const plain = attributes?.type === "bpmn:Task" && !attributes.businessObject;
    return super.create(kind, plain ? { ...attributes, type: "bpmn:UserTask" } : attributes);
  }
}
Elements.$inject = ElementFactory.$inject;

class Palette {
  constructor(palette, create, elementFactory, handTool, lassoTool, spaceTool, globalConnect, translate) {
    Object.assign(this, { create, elementFactory, handTool, lassoTool, spaceTool, globalConnect, translate });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    return {
      "hand-tool": this.tool("hand-tool", "Activate hand tool", (event) => this.handTool.activateHand(event)),
      "lasso-tool": this.tool("lasso-tool", "Activate lasso tool", (event) => this.lassoTool.activateSelection(event)),
      "space-tool": this.tool("space-tool", "Activate create/remove space tool", (event) => this.spaceTool.activateSelection(event)),
      "connect": this.tool("connection-multi", "Activate global connect tool", (event) => this.globalConnect.start(event)),
      "separator": { group: "tools", separator: true },
      "start": this.shape("start-event-none", "Create start event", { type: "bpmn:StartEvent" }),
      "task": this.shape("user-task", "User task", { type: "bpmn:UserTask" }),
      "service": this.shape("service-task", "Service task", { type: "bpmn:ServiceTask" }),
      "decision": this.shape("gateway-xor", "Exclusive gateway", { type: "bpmn:ExclusiveGateway" }),
      "parallel": this.shape("gateway-parallel", "Parallel gateway", { type: "bpmn:ParallelGateway" }),
      "timer": this.shape("intermediate-event-catch-timer", "Timer intermediate catch event", {
        type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition",
      }),
      "scope": this.shape("subprocess-expanded", "Create expanded sub-process", { type: "bpmn:SubProcess", isExpanded: true }),
      "end": this.shape("end-event-none", "Create end event", { type: "bpmn:EndEvent" }),
    };
  }

  tool(icon, title, click) {
    return { group: "tools", className: `bpmn-icon-${icon}`, title: this.translate(title), action: { click } };
  }

  shape(icon, title, attributes) {
    const begin = (event) => this.create.start(event, this.elementFactory.createShape({ ...attributes }));
    const action = { click: begin, dragstart: begin };
    return { group: "elements", className: `bpmn-icon-${icon}`, title: this.translate(title), action };
  }
}
Palette.$inject = ["palette", "create", "elementFactory", "handTool", "lassoTool", "spaceTool", "globalConnect", "translate"];

class Menu {
  constructor(popupMenu) {
    popupMenu.registerProvider("bpmn-replace", ABOVE_THEIRS, this);
  }

  getPopupMenuEntries() {
    return executed;
  }

  getPopupMenuHeaderEntries() {
    return executed;
  }
}
Menu.$inject = ["popupMenu"];

function executed(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => !REFUSED.test(id)));
}

export const drawable = {
  __init__: ["paletteProvider", "executedMenu"],
  elementFactory: ["type", Elements],
  paletteProvider: ["type", Palette],
  executedMenu: ["type", Menu],
};
