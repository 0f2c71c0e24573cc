"""A form with all there is: steps, rows, computed answers, files; for the stories beside."""

from typing import Any

from zhongshu.engine.intake.rules import questionnaire

FILE = "018f3b2e-7c1a-7def-8abc-0123456789ab"
ID_NUMBER = "11010519491231002X"
"""The example of GB 11643-1999 itself."""
DOCUMENT: dict[str, Any] = {
    "type": "object",
    "title": "困难补助",
    "properties": {
        "total": {
            "type": "number",
            "title": "家庭月收入",
            "maximum": 100_000,
            "x-ui": {"widget": "amount", "computed": "if is defined(members) then sum(members.income) else 0"},
        },
        "name": {"type": "string", "title": "申请人"},
        "rented": {"type": "boolean", "title": "租房"},
        "rent": {
            "type": "number",
            "title": "月租金",
            "x-ui": {"widget": "amount", "visible": "rented", "required": "total < 5000"},
        },
        "members": {
            "type": "array",
            "title": "家庭成员",
            "minItems": 1,
            "maxItems": 10,
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "title": "姓名"},
                    "born": {"type": "string", "format": "date", "title": "出生日期"},
                    "works": {"type": "boolean", "title": "有工作"},
                    "income": {
                        "type": "number",
                        "title": "月收入",
                        "minimum": 0,
                        "x-ui": {"widget": "amount", "required": "works"},
                    },
                    "school": {
                        "type": "string",
                        "title": "学校",
                        "x-ui": {"visible": 'born > date("2010-01-01")', "required": "rented"},
                    },
                    "greeting": {"type": "string", "title": "称呼", "x-ui": {"computed": 'name + "，" + purpose'}},
                },
                "required": ["name"],
            },
        },
        "purpose": {"type": "string", "title": "用途"},
        "proof": {
            "type": "array",
            "title": "证明",
            "items": {"type": "string", "format": "file"},
            "x-ui": {"accept": ["pdf"]},
        },
    },
    "required": ["name", "members"],
    "x-ui": {
        "steps": [
            {"name": "who", "title": "人", "groups": [{"name": "own", "fields": ["name", "purpose", "members"]}]},
            {"name": "home", "title": "住", "groups": [{"name": "flat", "fields": ["rented", "rent", "total"]}]},
            {
                "name": "papers",
                "title": "材料",
                "visible": "total < 3000",
                "groups": [{"name": "proofs", "fields": ["proof"]}],
            },
        ]
    },
}
FAMILY = questionnaire.read(DOCUMENT)
SENT = {
    "name": "张三",
    "purpose": "看病",
    "rented": "on",
    "members.0.name": "李四",
    "members.0.income": "1,200.50",
    "members.0.works": "true",
    "members.1.name": "李小四",
    "members.1.born": "2015-09-01",
    "members.1.income": "0",
}
"""Answers as its form sends them."""
