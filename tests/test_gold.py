"""The gold set of world news: the faults that a check sees, agreement, and the shipped reading."""

import json
from pathlib import Path

import pytest

from benchmarks import gold
from benchmarks.evaluation.scoring import measures, score_documents, total

TEXT = (
    'The mayor, Ann Lee, said the "old kiln on the hill" burned. She added: "Nobody was hurt, I think." '
    'A "Night Of The Kiln" followed.'
)
ARTICLES = [
    {"doc_id": "a", "part": "learn", "text": TEXT},
    {"doc_id": "b", "part": "report", "text": "Nothing was said."},
]


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def quote(content: str, cue: str, source: str, speaker: str | None, kind: str, **more: object) -> gold.Row:
    (start, end), (cue_start, cue_end), (speaker_start, speaker_end) = (
        place(words) for words in (content, cue, source)
    )
    return {
        "start": start, "end": end, "spans": [[start, end]], "speaker_start": speaker_start, "speaker_end": speaker_end,
        "cue_start": cue_start, "cue_end": cue_end, "type": kind, "speaker": speaker, **more,
    }  # fmt: skip


def reading() -> list[gold.Row]:
    return [
        {
            "doc_id": "a",
            "quotes": [
                quote('the "old kiln on the hill" burned', "said", "The mayor, Ann Lee", "Ann Lee", "mixed"),
                quote('"Nobody was hurt, I think."', "added", "She", "Ann Lee", "direct"),
            ],
            "no_speech": [[*place('"Night Of The Kiln"')]],
        },
        {"doc_id": "b", "quotes": []},
    ]


def faults(rows: list[gold.Row]) -> list[str]:
    return list(gold.complaints(ARTICLES, rows))


def test_a_good_reading_has_no_faults() -> None:
    assert faults(reading()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"end": 500, "spans": [[26, 500]]}, "content out of range: 26 to 500"),
        ({"end": 24, "spans": [[24, 24]]}, "content out of range: 24 to 24"),
        ({"spans": [], "end": 25}, "no content at 25"),
        ({"spans": [[25, 28], [29, 60]]}, "start and end are not those of the spans"),
        ({"start": 25, "end": 60, "spans": [[25, 45], [40, 60]]}, "spans overlap or are not in order"),
        ({"cue_start": 19, "cue_end": 24}, "cue with a space at its edge"),
        ({"cue_start": 21, "cue_end": 24}, "cue begins or ends within a word"),
        ({"cue_end": None}, "cue out of range"),
        ({"cue_start": 25, "cue_end": 28}, "the cue is in the content"),
        ({"speaker_start": 30, "speaker_end": 33}, "the source is in the content"),
        ({"cue_start": 0, "cue_end": 9}, "cue and source overlap"),
        ({"type": "direct"}, "type is direct, not mixed"),
        ({"type": "no comment"}, "a refusal without ignore"),
        ({"speaker": None}, "source and speaker must both be there"),
        ({"speaker_start": None, "speaker_end": None}, "source and speaker must both be there"),
        ({"speaker": "She"}, "the speaker is a pronoun"),
    ],
)  # fmt: skip
def test_each_fault_of_an_attribution_is_named_with_its_document(change: gold.Row, fault: str) -> None:
    rows = reading()
    rows[0]["quotes"][0] |= change
    assert any(line.startswith(f"a: {fault}") for line in faults(rows)), faults(rows)


def test_faults_of_a_document() -> None:
    rows = reading()
    rows[0]["quotes"] *= 2
    assert [line for line in faults(rows) if "more than once" in line]
    rows = reading()
    del rows[0]["no_speech"], rows[0]["quotes"][1]
    assert [line.split(": ", 2)[2] for line in faults(rows)] == ["'Nobody was hurt, I think'", "'Night Of The Kiln'"]
    assert faults([*reading(), {"doc_id": "b", "quotes": []}, {"doc_id": "c", "quotes": []}]) == [
        "b: is there 2 times", "c: no such article",
    ]  # fmt: skip


def test_a_reading_agrees_with_itself() -> None:
    shares = gold.agreement(ARTICLES, reading(), reading())
    assert [value for value, _ in shares.values()] == [100, 100, 100, 100, 100, 100, 1]
    assert [n for _, n in shares.values()] == [4, 4, 4, 2, 2, 2, 4]


def test_each_measure_of_agreement_sees_its_difference() -> None:
    changed = reading()
    first, second = changed[0]["quotes"]
    first |= {"speaker_start": 11, "speaker": "ann lee"}
    second |= {"speaker": "Eva Lee"} | dict(zip(("cue_start", "cue_end"), place("Nobody"), strict=True))
    second["spans"] = [[*place("was hurt, I think")]]
    shares = {name.split(":")[0]: value for name, (value, _) in gold.agreement(ARTICLES, reading(), changed).items()}
    assert shares == {
        "attributions, J >= 0.5": 100, "attributions, J >= 0.8": 50, "attributions, J >= 0.5 and sources overlap": 100,
        "source": 50, "speaker": 50, "cue": 50, "sentences with speech": 1,
    }  # fmt: skip


def test_attributions_that_one_reading_lacks_or_ignores_lower_the_share() -> None:
    fewer = reading()
    del fewer[0]["quotes"][1]
    shares = gold.agreement(ARTICLES, reading(), fewer)
    assert shares["attributions, J >= 0.5"] == (pytest.approx(100 * 2 / 3), 3)
    # Four sentences: one has speech by both readings, one by the first alone; 0.75 observed, 0.5 by chance.
    assert shares["sentences with speech: Cohen's kappa"] == (pytest.approx(0.5), 4)
    ignored = reading()
    ignored[0]["quotes"][1]["ignore"] = True
    assert gold.agreement(ARTICLES, reading(), ignored) == shares
    with pytest.raises(ValueError, match="no article in common"):
        gold.agreement(ARTICLES, reading()[:1], reading()[1:])


def test_gold_data_has_texts_and_the_mentions_that_a_pronoun_stands_for() -> None:
    rows = gold.joined(ARTICLES, reading())
    assert [row["text"] for row in rows] == [row["text"] for row in ARTICLES]
    assert "referents" not in rows[0]["quotes"][0]
    assert rows[0]["quotes"][1]["referents"] == [[*place("Ann")], [*place("Lee")]]
    assert [row["doc_id"] for row in gold.joined(ARTICLES, reading(), parts=["report"])] == ["b"]


def test_a_text_with_a_separator_of_lines_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [{"doc_id": "a", "text": "one\u2028two\x85three"}, {"doc_id": "b", "text": ""}]
    gold.write_lines(tmp_path / "rows.jsonl", rows)
    assert gold.read_lines(tmp_path / "rows.jsonl") == rows


def test_the_gold_data_has_no_faults_and_its_articles_are_named() -> None:
    articles = gold.read_lines(gold.FOLDER / "articles.jsonl")
    rows = gold.read_lines(gold.FOLDER / "gold.jsonl")
    assert list(gold.complaints(articles, rows)) == []
    assert [row["doc_id"] for row in rows] == [row["doc_id"] for row in articles]
    by_part = [gold.joined(articles, rows, parts=[part]) for part in gold.PARTS]
    assert [len(of_part) for of_part in by_part] == [90, 40, 127]
    for of_part in by_part:
        spoken = [[each for each in row["quotes"] if not each.get("ignore")] for row in of_part]
        scores = measures(total(score_documents(of_part, spoken)))
        assert scores["att F"] == scores["source exact"] == scores["cue F"] == 100
    page = (gold.FOLDER / "README.md").read_text(encoding="utf-8")
    for row in articles:
        assert f"[{row['title']}](<{row['url']}>)" in page
    assert all(path.stat().st_size < 1_000_000 for path in gold.FOLDER.iterdir())


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_reading_has_no_faults_and_the_articles_of_the_gold_data(number: int) -> None:
    articles = gold.read_lines(gold.FOLDER / "articles.jsonl")
    rows = gold.read_lines(gold.FOLDER / f"reading_{number}.jsonl")
    assert list(gold.complaints(articles, rows)) == []
    assert {row["doc_id"] for row in rows} == {row["doc_id"] for row in articles[:80]}


@pytest.mark.parametrize("number", [1, 2])
def test_readings_that_were_settled_agree_with_the_gold_data(number: int) -> None:
    articles = gold.read_lines(gold.FOLDER / "articles.jsonl")
    rows = gold.read_lines(gold.FOLDER / f"reading_{number}.jsonl")
    settled = gold.read_lines(gold.FOLDER / "gold.jsonl")
    assert gold.agreement(articles, settled, rows)["attributions, J >= 0.5"][0] > 97


def test_the_commands_write_and_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def run(*words: object) -> str:
        monkeypatch.setattr("sys.argv", ["gold", "--articles", str(tmp_path / "articles.jsonl"), *map(str, words)])
        gold.main()
        return capsys.readouterr().out

    article = {"doc_id": "a", "part": "learn", "text": "word " * 130}
    gold.write_lines(tmp_path / "articles.jsonl", [article])
    path, bad = tmp_path / "reading.jsonl", tmp_path / "bad.jsonl"
    row = {"start": 5, "end": 9, "spans": [[5, 9]], "type": "indirect", "speaker": None}
    row |= dict.fromkeys(["speaker_start", "speaker_end", "cue_start", "cue_end"])
    gold.write_lines(path, [{"doc_id": article["doc_id"], "quotes": [row]}])
    gold.write_lines(bad, [{"doc_id": "x", "quotes": []}])
    with pytest.raises(SystemExit) as stop:
        run("check", path)
    assert not stop.value.code and "learn: 1 articles; indirect 1" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        run("check", bad)
    assert stop.value.code and capsys.readouterr().out == "x: no such article\n"
    assert "attributions, J >= 0.5                                100.00       2" in run("agreement", path, path)
    run("join", path, tmp_path / "gold.jsonl", "--part", "learn")
    assert json.loads((tmp_path / "gold.jsonl").read_text(encoding="utf-8"))["text"] == article["text"]
