"""HTML as a reader sees it, however it was written."""

import time

import pytest

from pipeline.core.message.markup import DEEPEST_HTML, html_text, markup_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "<p>Un</p><pre>Ville :  Arras\r\n  Code : 62000\n\nFin</pre><p>Deux</p>",
            "Un\n\nVille :  Arras\n  Code : 62000\n\nFin\n\nDeux",
        ),
        ("<pre>a<b>\nb</b></pre>", "a\nb"),
        ('<blockquote style="margin-left:2em">Retrait</blockquote>', "Retrait"),
        ("<blockquote>Cité</blockquote>", "> Cité"),
        ('<blockquote style="border-left:1px solid">Cité</blockquote>', "> Cité"),
        ('<blockquote type="cite" style="margin:0">Cité</blockquote>', "> Cité"),
        ('<blockquote class="gmail_quote" style="margin:0">Cité</blockquote>', "> Cité"),
    ],
)
def test_lines_of_listings_and_quotations_stay_what_they_are(source: str, text: str) -> None:
    assert html_text(source).removesuffix("\n>") == text


@pytest.mark.parametrize(
    "source",
    [
        b"<div>" * 60_000 + b"Candidature" + b"</div>" * 60_000,
        b"<b><i>" * 30_000 + b"Candidature",
        b"</div>" * 60_000 + b"<div>" * 60_000 + b"Candidature",
    ],
    ids=["closed", "left open", "closed before they are opened"],
)
def test_elements_nested_beyond_reason_cost_their_markup_and_no_time(source: bytes) -> None:
    begun = time.monotonic()
    assert html_text(markup_of(source, "utf-8")).strip() == "Candidature"
    assert time.monotonic() - begun < 5


def test_many_elements_beside_one_another_are_read_as_they_are() -> None:
    rows = b"".join(b"<div><b>%d</b><br><img></div>" % rank for rank in range(DEEPEST_HTML))
    assert html_text(markup_of(rows, "utf-8")).split() == [str(rank) for rank in range(DEEPEST_HTML)]
