"""Creates the tables of infra/template.yml on a DynamoDB-compatible endpoint (the local run and the tests)."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from parvis_infra.template import read

# What only AWS manages; a local engine is not asked. Streams would halve its writes: locally, jobs polls the index.
_AWS_ONLY = {
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "SSESpecification",
    "StreamSpecification",
    "TimeToLiveSpecification",
}


def create_all(endpoint: str, prefix: str, region: str) -> list[str]:
    """Create the missing tables; return the names created. Existing tables and their data are left alone."""
    client = _client(endpoint, region)
    created = []
    for properties in definitions(prefix):
        try:
            client.create_table(**{key: value for key, value in properties.items() if key not in _AWS_ONLY})
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceInUseException":
                raise
        else:
            created.append(str(properties["TableName"]))
    return created


@cache
def _client(endpoint: str, region: str) -> Any:
    return boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="local",
        aws_secret_access_key="local",  # noqa: S106 - a local engine checks no key
        config=Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 2}),
    )


def definitions(prefix: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in read(prefix).values() if resource["Type"] == "AWS::DynamoDB::Table"]
