"""What each function's role allows, read from infra/template.yml: (table or table/index, DynamoDB operation)."""

from typing import Any

from parvis_infra.template import read

Grant = tuple[str, str]


def functions() -> list[str]:
    """Every function that has a role."""
    prefix = "role-"
    return [
        resource["Properties"]["RoleName"].removeprefix(prefix)
        for resource in read(prefix).values()
        if resource["Type"] == "AWS::IAM::Role"
    ]


def allowed(function: str) -> set[Grant]:
    """The DynamoDB grants of a function, e.g. ("core", "GetItem") or ("core/index/outbox", "Query")."""
    role = next(
        resource
        for resource in read("").values()
        if resource["Type"] == "AWS::IAM::Role" and resource["Properties"]["RoleName"] == function
    )
    grants: set[Grant] = set()
    for policy in role["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            grants |= _grants(statement)
    return grants


def _grants(statement: dict[str, Any]) -> set[Grant]:
    operations = [action.split(":")[1] for action in statement["Action"] if action.startswith("dynamodb:")]
    return {
        (name, operation)
        for resource in statement["Resource"]
        for name in [_name(resource)]
        if name
        for operation in operations
    }


def _name(resource: dict[str, Any]) -> str:
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0]).removesuffix("Table").lower()
    text = str(resource.get("Fn::Sub", resource))
    if "Table.Arn}" not in text:
        return ""
    table, _, index = text.removeprefix("${").partition("Table.Arn}")
    return table.lower() + index
