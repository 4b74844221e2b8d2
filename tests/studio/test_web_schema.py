"""The OpenAPI document holds for whatever is asked: no 5xx, no answer of another shape."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from bench.fuzzing import examine
from lichtspiel.studio.web import documentation, page
from tests.studio import postgres as servers
from tests.studio.quiet import Quiet, quiet

pytestmark = pytest.mark.filterwarnings("ignore")  # the examiner's own


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, postgres_server: URL) -> Iterator[Quiet]:
    """On PostgreSQL, which is stricter than SQLite about what it takes."""
    with servers.database(postgres_server) as address:
        made = quiet(tmp_path_factory.mktemp("quiet"), address)
        yield made
        made.here.sessions.kw["bind"].dispose()


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_answers_are_as_the_document_says(studio: Quiet, mode: str) -> None:
    findings = examine(studio.app, studio.key, examples=5, mode=mode)
    assert not findings.faults, "\n\n".join(findings.faults)
    assert findings.cases > 100


def test_the_document_tells_all_operations_of_the_videos_api(studio: Quiet) -> None:
    document = documentation.document(studio.app)
    told = {f"{verb} {path}" for path, verbs in document["paths"].items() for verb in verbs}
    assert document["openapi"].startswith("3.1")
    assert {
        "post /v1/videos",
        "get /v1/videos",
        "get /v1/videos/{video_id}",
        "delete /v1/videos/{video_id}",
        "get /v1/videos/{video_id}/content",
        "post /v1/videos/{video_id}/remix",
        "post /v1/videos/edits",
        "post /v1/videos/extensions",
        "post /v1/videos/characters",
        "get /v1/videos/characters/{character_id}",
    } <= told
    assert document["components"]["schemas"]["CreateVideo"]["example"]["prompt"]


def test_the_page_needs_no_other_host(studio: Quiet) -> None:
    shown = page.of(documentation.document(studio.app), "http://localhost/v1")
    assert "/v1/videos/extensions" in shown
    assert "lichtspiel.negative" in shown
    assert not any(word in shown for word in ("src=", 'href="http', "@import", "url("))
