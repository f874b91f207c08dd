"""What each function's role allows, read from infra/template.yml: (table, DynamoDB operation).

A table is "core", an index "core/index/outbox", and where the role goes no further one partition, "core#REGLEMENT", or
those of a kind, "credentials#INVITATION#*".
"""

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
    return _of([policy["PolicyDocument"] for policy in role["Properties"]["Policies"]])


def allowed_by_policy(name: str) -> set[Grant]:
    """The DynamoDB grants of a managed policy: what a person who is given it may do."""
    return next(
        _of([resource["Properties"]["PolicyDocument"]])
        for resource in read("").values()
        if resource["Type"] == "AWS::IAM::ManagedPolicy" and resource["Properties"]["ManagedPolicyName"] == name
    )


def _of(documents: list[dict[str, Any]]) -> set[Grant]:
    return {grant for document in documents for statement in document["Statement"] for grant in _grants(statement)}


def _grants(statement: dict[str, Any]) -> set[Grant]:
    operations = [action.split(":")[1] for action in statement["Action"] if action.startswith("dynamodb:")]
    condition = statement.get("Condition", {})
    leading = [
        key
        for test in ("ForAllValues:StringEquals", "ForAllValues:StringLike")
        for key in condition.get(test, {}).get("dynamodb:LeadingKeys", [])
    ]
    return {
        (f"{name}{partition}", operation)
        for resource in statement["Resource"]
        for name in [_name(resource)]
        if name
        for partition in ([f"#{key}" for key in leading] if condition else [""])
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
