"""A bucket on an S3 server of the tests' own."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

BUCKET = "films"


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """The variables by which a studio keeps its files in the bucket, within the block."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    try:
        places = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.get_host_and_port()[1]}",
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "LICHTSPIEL_MEDIA_URL": f"s3://{BUCKET}/studio",
        }
        client = importlib.import_module("boto3").client(
            "s3",
            endpoint_url=places["AWS_ENDPOINT_URL"],
            region_name=places["AWS_REGION"],
            aws_access_key_id=places["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=places["AWS_SECRET_ACCESS_KEY"],
        )
        client.create_bucket(Bucket=BUCKET)
        client.close()
        yield places
    finally:
        server.stop()
