"""What messages say. Pure.

A template's sentence is Chinese with named gaps and is translated where it is shown. A fact may stand beside its
English name: `phase` and `phase_en`.
"""

from collections.abc import Mapping
from typing import Any

TEMPLATES: dict[str, str] = {
    "case.opened": "您上报的“{title}”已收到，编号 {number}。",
    "case.advanced": "您上报的“{title}”（{number}）有新进展：{phase}。",
    "case.closed": "您上报的“{title}”（{number}）已办结，感谢您关心城市。请您评价。",
    "case.refused": "您上报的“{title}”（{number}）未予受理：{reason}",
    "case.followed": "您跟进的“{title}”正在办理，编号 {number}，进展会告诉您。",
    "case.merged": "您上报的“{title}”（{number}）与办理中的 {into} 是同一件事，已合并办理，进展会告诉您。",
    "case.split": "您上报的“{title}”（{number}）经核实与 {into} 不是同一件事，已恢复单独办理。",
    "task.warned": "“{title}”（{number}）的环节“{task}”将于 {due} 到期，请抓紧办理。",
    "task.late": "“{title}”（{number}）的环节“{task}”已超过 {due} 的时限，请立即办理。",
    "task.escalated": "“{title}”（{number}）的环节“{task}”超过 {due} 的时限仍未办结，责任单位：{body}。请督办。",
    "case.warned": "办件“{title}”（{number}）将于 {due} 到期，请抓紧办理。",
    "case.late": "办件“{title}”（{number}）已超过 {due} 的时限，请立即办理。",
    "case.escalated": "办件“{title}”（{number}）超过 {due} 的时限仍未办结，责任单位：{body}。请督办。",
    "case.supplement_asked": "您的“{title}”（{number}）需要补正 {count} 项内容，请在 {due} 前在“查进度”里一次补齐。",
    "case.supplement_lapsed": "您的“{title}”（{number}）没有在期限内补正，已停止等待，按现有材料继续办理。",
    "case.supplement_dropped": "您的“{title}”（{number}）不用再补正，已继续办理：{reason}",
    "case.letter_made": "您的“{title}”（{number}）有新的文书：{letter}，请在“查进度”里查看和下载。",
    "case.withdrawn": "您的“{title}”（{number}）已按您的要求撤回。",
    "case.deemed_withdrawn": "您的“{title}”（{number}）没有在期限内补正，按撤回处理：{reason}",
    "case.cancelled": "您的“{title}”（{number}）已撤销，不再办理：{reason}",
    "task.supplement_answered": "“{title}”（{number}）的申请人已提交补正，时限继续，请办理。",
    "task.supplement_lapsed": "“{title}”（{number}）的申请人没有在期限内补正，时限继续，请办理。",
    "task.supplement_dropped": "“{title}”（{number}）不再等申请人补正，时限继续，请办理：{reason}",
    "task.urged": "“{title}”（{number}）的环节“{task}”被催办（第 {times} 次），请尽快办理。{reason}",
    "task.withdrawn": "“{title}”（{number}）已撤回，不用再办理：{reason}",
    "task.merged": "“{title}”（{number}）已并入 {into}，不用再单独办理：{reason}",
    "task.cancelled": "“{title}”（{number}）已撤销，不用再办理：{reason}",
    "case.retracted": "您上报的“{title}”（{number}）已按误报撤销：{reason}",
    "task.retracted": "“{title}”（{number}）的告警是误报，已撤销，不用再办理：{reason}",
    "task.alarm_withdrawn": "“{title}”（{number}）的告警被设备撤回：{reason} 请核实，或请值班长按误报结案。",
    "whistle.called": "“{title}”（{number}）吹哨，请{body}报到，期限：{due}。",
    "whistle.called_lead": "“{title}”（{number}）吹哨，请{body}牵头报到，期限：{due}。",
    "whistle.over": "“{title}”（{number}）的吹哨已有结果，{body}不用再报到。",
    "whistle.off": "“{title}”（{number}）不再请{body}报到：{reason}",
    "whistle.lead_named": "“{title}”（{number}）改由{body}牵头：{reason}",
    "whistle.lead_refused": "“{title}”（{number}）的牵头单位{body}退回，请另定牵头单位。理由：{reason}",
    "whistle.scored": "“{title}”（{number}）的报到得分：{score}。{note}",
    "start.opened": "您申请的“{title}”已收到，编号 {number}。",
    "start.advanced": "您申请的“{title}”（{number}）有新进展：{phase}。",
    "start.closed": "您申请的“{title}”（{number}）已办结。请您评价。",
    "start.refused": "您申请的“{title}”（{number}）未予受理：{reason}",
    "start.reopened": "您申请的“{title}”（{number}）重新办理：{reason}",
    "start.ended": "您发起的“{title}”（{number}）已结束：{phase}。",
    "asking.asked": "“{title}”（{number}）征询{body}的意见，答复期限：{due}。",
    "asking.over": "“{title}”（{number}）的征询已结束，{body}不用再答复。",
    "asking.dropped": "“{title}”（{number}）不再征询{body}：{reason}",
    "task.returned": "“{title}”（{number}）的环节“{task}”退回给您重新办理：{reason}",
    "task.reopened": "“{title}”（{number}）办结后重新办理，请您办理“{task}”：{reason}",
    "task.no_longer": "“{title}”（{number}）退回到前面的环节，您的“{task}”已撤回，不用再办：{reason}",
    "case.reopened": "您上报的“{title}”（{number}）重新办理：{reason}",
    "sign.asked": "“{title}”（{number}）的环节“{task}”请您会签：{question}",
    "sign.reminded": "“{title}”（{number}）的环节“{task}”在等您会签，请尽快签署：{question}",
    "sign.off": "“{title}”（{number}）的环节“{task}”不用再会签：{reason}",
    "sign.given": "“{title}”（{number}）的会签已签署，请查看意见。",
    "sign.disagreed": "“{title}”（{number}）的会签有不同意见，请写明如何处理。",
    "sign.answered": "您对“{title}”（{number}）会签的不同意见已有答复：{reply}",
    "task.assigned": "您有新的任务：“{title}”（{number}），环节：{task}。",
    "task.delegated": "{who}委托您办理“{title}”（{number}）的环节“{task}”：{reason}",
    "task.standing_in": "{who}外出，“{title}”（{number}）的环节“{task}”由您代办。",
    "task.handed_back": "{who}没有办完您委托的环节“{task}”（“{title}”，{number}），已交回：{reason}",
    "task.handed_back_done": "{who}已办好您委托的环节“{task}”（“{title}”，{number}），请您办结：{reason}",
    "task.called_back": "{who}收回了委托您的环节“{task}”（“{title}”，{number}），您不必再办：{reason}",
    "task.done_for_you": "{who}已替您办结“{title}”（{number}）的环节“{task}”。",
    "task.taken_over": "“{title}”（{number}）的环节“{task}”已由{who}接管，您不必再办：{reason}",
    "task.moved_on": "“{title}”（{number}）的环节“{task}”因放假安排公布，期限由 {before} 改为 {due}。",
    "handover.given": "{who}的工作已移交给您，共 {given} 项，请在待办中查看。",
    "approval.asked": "{who}申请“{kind}”{about}，等您审批。理由：{reason}",
    "approval.approved": "您申请的“{kind}”{about}已同意。{answer}",
    "approval.refused": "您申请的“{kind}”{about}未同意：{answer}",
    "mandate.news": "您代{who}办理的“{title}”（{number}）有新进展，请在“代人办事”里开始代办后查看。",
    "mandate.given": "{principal}授权您代为办理事务（{kind}），请在“代办授权”里接受或谢绝。",
    "mandate.begun": "您现在可以代{principal}办理事务（{kind}），请在“代人办事”里开始代办。",
    "mandate.recorded": "已登记由{agent}代您办理事务（{kind}）。如非您的意愿，请撤回或联系政务服务窗口。",
    "mandate.accepted": "{agent}已接受您的代办授权（{kind}）。",
    "mandate.declined": "{agent}没有接受您的代办授权（{kind}）。",
    "mandate.revoked": "{principal}与{agent}之间的代办授权（{kind}）已撤回，即刻失效。{reason}",
    "privacy.asked": "您的个人信息申请“{kind}”已收到，最迟 {due} 答复。",
    "privacy.copy_ready": "您的个人数据已备好，保存七天，请在“我的个人信息”里下载。",
    "privacy.approved": "您的个人信息申请“{kind}”已同意。{answer}",
    "privacy.refused": "您的个人信息申请“{kind}”未同意：{answer} 如有异议，可以向网信部门投诉，或依法提起诉讼。",
    "privacy.destroyed": "您申请删除的个人信息已销毁，销毁证明编号 {certificate}。",
    "grant.given": "您获得了“{role}”的权限，可在“权限”里查看范围。",
    "grant.lent": "{who}外出期间，由您代行其“{role}”的权限。",
    "grant.ended": "您的“{role}”权限已结束。",
    "grant.lapsed": "您的“{role}”权限到期没有复核，已结束。如仍需要，请联系系统管理员。",
    "key.ending": "系统“{holder}”的接口密钥“{name}”将于 {expires} 到期，请在到期前更换。",
    "task.taken": "任务“{title}”（{number}）的环节“{task}”已改由他人办理，您不必再去。",
}

FOR_REPORTERS = frozenset({
    *("case.opened", "case.advanced", "case.closed", "case.refused", "case.followed", "case.merged", "case.split"),
    *("case.supplement_asked", "case.supplement_lapsed", "case.supplement_dropped"),
    *("start.opened", "start.advanced", "start.closed", "start.refused", "start.reopened"),
    *("case.letter_made",),
    *("case.retracted", "case.withdrawn", "case.deemed_withdrawn", "case.cancelled", "case.reopened"),
})  # fmt: skip
"""Those that go to whoever told of a matter; the others go to officials."""


def sentence(template: str) -> str:
    """The template's sentence, gaps open."""
    return TEMPLATES[template]


def gaps(facts: Mapping[str, Any], language: str) -> dict[str, str]:
    """What fills the gaps in a language: a fact's English name where there is one and English is spoken."""
    return {name: str((language == "en" and facts.get(f"{name}_en")) or fact) for name, fact in facts.items()}
