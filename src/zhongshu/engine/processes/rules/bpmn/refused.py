"""What BPMN knows and we do not execute: what to do instead, by the name of the element."""

INSTEAD = {
    "transaction": "事务子流程不能执行，请把里面的环节直接画在流程里。",
    "adHocSubProcess": "临时子流程不能执行，请把里面的环节直接画在流程里。",
    "complexGateway": "复杂网关不能执行，请改用排他网关和并行网关。",
    "cancelEventDefinition": "事务的取消不能执行，请改用错误事件。",
    "task": "没有说明这个任务由谁做，请改成用户任务、手工任务或服务任务。",
    "ioSpecification": "任务的输入输出映射不能执行，请删去：各环节读写的是同一份办件数据。",
    "potentialOwner": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "humanPerformer": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "performer": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "resourceRole": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
}
OTHERWISE = "{tag} 不能执行，请删去或改用支持的元素。"

EVENT = "{tag} 类型的事件不能放在这里，请改用消息、定时、信号、条件、错误、升级或终止中标准允许的一种。"

FLOW_NODES = frozenset(
    [
        "transaction",
        "adHocSubProcess",
        "complexGateway",
        "implicitThrowEvent",
        "task",
        "callChoreography",
        "choreographyTask",
        "subChoreography",
    ]
)
"""Refused elements that flows may lead to, so that one mistake is not reported as three."""

SILENT = frozenset(["documentation", "extensionElements", "incoming", "outgoing"])
"""Accepted inside any element and not executed."""

DRAWN = frozenset(["textAnnotation", "association", "group", "category"])
"""Accepted as drawing: explains the process to people."""

DATA = frozenset(
    [
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "dataStore",
        "property",
        "dataInputAssociation",
        "dataOutputAssociation",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
        "itemDefinition",
        "import",
        "interface",
        "extension",
        "relationship",
        "endPoint",
        "partnerEntity",
        "partnerRole",
        "correlationProperty",
        "choreography",
        "globalConversation",
        "globalTask",
        "globalUserTask",
        "globalManualTask",
        "globalScriptTask",
        "globalBusinessRuleTask",
        "resource",
    ]
)
"""Accepted with a warning: has a meaning in BPMN that nothing here depends on."""
NOT_EXECUTED = "{tag} 只作说明，不会执行。"
