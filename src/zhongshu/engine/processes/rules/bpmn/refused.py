"""What BPMN knows and we do not execute: what to do instead, by the name of the element."""

INSTEAD = {
    "subProcess": "子流程不能执行，请把里面的环节直接画在流程里。",
    "transaction": "事务子流程不能执行，请把里面的环节直接画在流程里。",
    "adHocSubProcess": "临时子流程不能执行，请把里面的环节直接画在流程里。",
    "callActivity": "调用活动不能执行，请把被调用的环节画在流程里，或改用服务任务。",
    "inclusiveGateway": "包容网关不能执行，请改用并行网关，并在每条支路上接排他网关。",
    "eventBasedGateway": "事件网关不能执行，请改用用户任务和它的边界定时器。",
    "complexGateway": "复杂网关不能执行，请改用排他网关和并行网关。",
    "intermediateCatchEvent": "中间捕获事件不能执行，请改用用户任务和它的边界定时器。",
    "intermediateThrowEvent": "中间抛出事件不能执行，请改用服务任务。",
    "task": "没有说明这个任务由谁做，请改成用户任务、手工任务或服务任务。",
    "sendTask": "发送任务不能执行，请改用服务任务。",
    "receiveTask": "接收任务不能执行，请改用用户任务。",
    "scriptTask": "脚本任务不能执行，请改用服务任务。",
    "businessRuleTask": "规则任务不能执行，请改用服务任务，由它查决策表。",
    "standardLoopCharacteristics": "循环任务不能执行，请用排他网关画一条回头的流向。",
    "messageFlow": "消息流不能执行，请删去，或改用服务任务通知对方。",
    "ioSpecification": "任务的输入输出映射不能执行，请删去：各环节读写的是同一份办件数据。",
    "potentialOwner": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "humanPerformer": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "performer": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "resourceRole": "办理人不在流程图里指定，请删去，并在场景设置里写明。",
    "timeDate": "这里只能写时长（timeDuration），不能写日期。",
    "timeCycle": "这里只能写时长（timeDuration），不能写周期。",
}
OTHERWISE = "{tag} 不能执行，请删去或改用支持的元素。"

EVENT = "{tag} 类型的事件不能执行：开始事件不带类型，结束事件只能是普通或终止，边界事件只能是定时器。"

FLOW_NODES = frozenset(
    [
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "callActivity",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "implicitThrowEvent",
        "task",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "callChoreography",
        "choreographyTask",
        "subChoreography",
    ]
)
"""Refused elements that flows may lead to, so that one mistake is not reported as three."""

SILENT = frozenset(["documentation", "extensionElements", "incoming", "outgoing"])
"""Accepted inside any element and not executed."""

DRAWN = frozenset(["laneSet", "textAnnotation", "association", "group", "category"])
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
        "itemDefinition",
        "message",
        "signal",
        "error",
        "escalation",
        "resource",
    ]
)
"""Accepted with a warning: has a meaning in BPMN that nothing here depends on."""
NOT_EXECUTED = "{tag} 只作说明，不会执行。"
