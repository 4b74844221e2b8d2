"""A bucket on an S3 server of the tests' own."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

BUCKET = "films"


class Bucket:
    """A bucket whose server can be stopped and started again; what is in it stays."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._port = 0
        self.start()
        self.places = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}",
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "LICHTSPIEL_MEDIA_URL": f"s3://{BUCKET}/studio",
        }
        """The variables by which a studio keeps its files here."""
        client = importlib.import_module("boto3").client(
            "s3",
            endpoint_url=self.places["AWS_ENDPOINT_URL"],
            region_name=self.places["AWS_REGION"],
            aws_access_key_id=self.places["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.places["AWS_SECRET_ACCESS_KEY"],
        )
        client.create_bucket(Bucket=BUCKET)
        client.close()

    def start(self) -> None:
        self._server = ThreadedMotoServer(port=self._port, verbose=False)
        self._server.start()
        self._port = self._server.get_host_and_port()[1]

    def stop(self) -> None:
        self._server.stop()


@contextmanager
def opened() -> Iterator[Bucket]:
    """A bucket within the block."""
    bucket = Bucket()
    try:
        yield bucket
    finally:
        bucket.stop()


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """The variables by which a studio keeps its files in a bucket, within the block."""
    with opened() as bucket:
        yield bucket.places
