// Ids people can read, as the table editor gives them: `task`, `task_2`. Conditions and settings name elements by them.
import BpmnFactory from "bpmn-js/lib/features/modeling/BpmnFactory";

const KINDS = {
  "bpmn:StartEvent": "start", "bpmn:EndEvent": "end", "bpmn:UserTask": "task", "bpmn:ManualTask": "manual", "bpmn:ServiceTask": "service",
  "bpmn:BusinessRuleTask": "rule", "bpmn:ScriptTask": "script", "bpmn:SendTask": "send", "bpmn:ReceiveTask": "receive",
  "bpmn:CallActivity": "call", "bpmn:SubProcess": "scope", "bpmn:ExclusiveGateway": "decision", "bpmn:InclusiveGateway": "several",
  "bpmn:ParallelGateway": "parallel", "bpmn:EventBasedGateway": "race", "bpmn:IntermediateCatchEvent": "wait",
  "bpmn:IntermediateThrowEvent": "tell", "bpmn:BoundaryEvent": "edge", "bpmn:SequenceFlow": "flow",
};

class Named extends BpmnFactory {
  _ensureId(element) {
    const kind = KINDS[element.$type], ids = this._model.ids;
    if (kind && !element.id) {
      let number = 1, id = kind;
      while (ids.assigned(id)) id = `${kind}_${++number}`;
      element.id = id;
    }
    super._ensureId(element);
  }
}
Named.$inject = BpmnFactory.$inject;

export const named = { bpmnFactory: ["type", Named] };
