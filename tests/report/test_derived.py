"""Rows that the page makes of tables: which they are, in which order, and how many there are in all."""

from scripts.report import derived


def test_characteristic_words_are_one_row_a_document(store):
    words = [
        {"doc_id": "a", "rank": 1, "word": "coal", "count": 3, "estimate": 2.0},
        {"doc_id": "a", "rank": 2, "word": "mine", "count": 1, "estimate": 1.0},
        {"doc_id": "b", "rank": 1, "word": "tax", "count": 2, "estimate": 1.5},
    ]
    rows, total = derived.characteristic_words(store(tf_idf=words, documents=[{"doc_id": d} for d in "abc"]), 10)
    assert rows.to_dict("records") == [
        {"doc_id": "a", "word": "coal (3), mine (1)"},
        {"doc_id": "b", "word": "tax (2)"},
    ]
    assert total == 3


def test_a_document_has_its_ten_words(store):
    words = [
        {"doc_id": doc_id, "rank": rank, "word": f"w{rank}", "count": 1, "estimate": 1.0}
        for doc_id in "ab"
        for rank in range(10)
    ]
    rows, _ = derived.characteristic_words(store(tf_idf=words, documents=[{"doc_id": d} for d in "ab"]), 1)
    assert rows.to_dict("records") == [{"doc_id": "a", "word": ", ".join(f"w{rank} (1)" for rank in range(10))}]


def test_one_document_has_no_characteristic_words(store):
    alone = [{"doc_id": "a", "rank": 1, "word": "coal", "count": 3, "estimate": 0.0}]
    assert derived.characteristic_words(store(tf_idf=alone, documents=[{"doc_id": "a"}]), 10)[0].empty


def test_a_pair_of_documents_is_listed_once_the_most_similar_first(store):
    likeness = [("a", "b", 0.2), ("b", "a", 0.2), ("c", "a", 0.9), ("b", "c", 0.0)]
    rows = [{"doc_id": first, "other": second, "estimate": value} for first, second, value in likeness]
    pairs, total = derived.similar_pairs(store(similarity=rows), 10)
    assert pairs[["doc_id", "other"]].to_numpy().tolist() == [["a", "c"], ["a", "b"]]
    assert total == 2


def test_rates_begin_with_the_words_and_groups_of_the_figure(store):
    groups = [("outlet", "x"), ("outlet", "y"), ("month", "2024-01"), ("month", "2024-02")]
    rows = [{"column": c, "group": g, "word": word} for c, g in groups for word in ("tax", "aid")]
    chosen, total = derived.rates(store(rates=rows), 5)
    shown = [("tax", "2024-01"), ("tax", "2024-02"), ("aid", "2024-01"), ("aid", "2024-02"), ("tax", "x")]
    assert [*zip(chosen["word"], chosen["group"], strict=True)] == shown
    assert total == 8


def test_every_comparison_has_some_of_its_key_words(store):
    rows = [{"column": "outlet", "target": t, "reference": "r", "word": f"{t}{n}"} for t in "xyz" for n in range(9)]
    chosen, total = derived.key_words(store(keyness=rows), 6)
    assert chosen["word"].tolist() == ["x0", "x1", "y0", "y1", "z0", "z1"]
    assert total == 27


def test_key_words_of_the_group_with_most_words_come_first(store):
    sizes = [("outlet", "x", 5), ("outlet", "y", 90), ("party", "p", 200)]
    rows = [
        {"column": column, "target": target, "reference": "r", "word": f"{target}{at}", "n_target": n}
        for column, target, n in sizes
        for at in range(2)
    ]
    assert derived.key_words(store(keyness=rows), 12)[0]["word"].tolist() == ["y0", "y1", "x0", "x1", "p0", "p1"]


def test_few_comparisons_are_not_crowded_out_by_many(store):
    few = [{"column": "party", "target": "p", "reference": "r", "word": f"p{n}"} for n in range(9)]
    many = [{"column": "doc_id", "target": t, "reference": "r", "word": f"{t}{n}"} for t in "abcd" for n in range(9)]
    chosen, _ = derived.key_words(store(keyness=few + many), 8)
    assert chosen["word"].tolist() == ["p0", "p1", "p2", "p3", "a0", "b0", "c0", "d0"]


def test_every_term_has_some_of_its_occurrences(store):
    rows = [{"term": term, "doc_id": "a", "start": n, "keyword": term} for term in ("aid", "tax") for n in range(9)]
    chosen, total = derived.concordance(store(concordance=rows), 4)
    assert chosen["keyword"].tolist() == ["aid", "aid", "tax", "tax"]
    assert total == 18


def test_documents_by_period_leaves_out_empty_ones(store):
    dates = ["2024-01-01", "2024-01-01", "2024-01-04"]
    periods, total = derived.documents_by_period(store(documents=[{"doc_id": d, "date": d} for d in dates]), 10)
    assert periods.to_numpy().tolist() == [["2024-01-01", 2], ["2024-01-04", 1]]
    assert total == 2


def statement(doc_id, sentence, speaker, n_words):
    return {"doc_id": doc_id, "sentence": sentence, "speaker": speaker, "n_words": n_words}


def test_statements_of_the_most_quoted_come_first_and_the_longest_of_each(store):
    rows = [
        statement("a", 0, "Ann", 9), statement("a", 1, "Ann", 2), statement("a", 2, "", 7),
        statement("b", 0, "Bo", 5), statement("b", 1, "Ann", 2), statement("b", 2, "Ann", 2),
        statement("c", 0, "Cy", 5), statement("d", 0, "", 8),
    ]  # fmt: skip
    tables = store(quotes=rows)
    chosen, total = derived.statements(tables, 5)
    assert total == 6
    assert chosen[["doc_id", "sentence", "speaker"]].to_numpy().tolist() == [
        ["a", 0, "Ann"], ["a", 1, "Ann"], ["b", 1, "Ann"], ["b", 2, "Ann"], ["b", 0, "Bo"],
    ]  # fmt: skip
    chosen, total = derived.unattributed(tables, 9)
    assert (chosen["doc_id"].tolist(), total) == (["d", "a"], 2)


def test_boilerplate_weighs_nothing_in_lists_of_statements(store):
    rows = [
        statement("a", 0, "Bo", 5), {**statement("a", 1, "Ann", 9), "type": "boilerplate"}, statement("b", 0, "Ann", 1),
        {**statement("b", 1, "", 2), "type": "boilerplate"},
    ]  # fmt: skip
    tables = store(quotes=rows)
    assert derived.statements(tables, 9)[0]["speaker"].tolist() == ["Bo", "Ann"]
    assert derived.unattributed(tables, 9)[1] == 0


def test_the_page_without_javascript_has_four_hundred_marks_at_most(store):
    tables = store(
        quotes=[statement("a", at, "Ann", 1) for at in range(401)],
        entities=[{"doc_id": "a", "mention": at, "entity": "Rome"} for at in range(401)],
    )
    for rows, total in (derived.statements(tables, 999), derived.mentions(tables, 999)):
        assert (len(rows), total) == (400, 401)


def test_mentions_of_the_most_frequent_name_come_first_in_the_order_of_the_text(store):
    names = ["Rome", "Bonn", "Rome", "Aix", "Bonn", "Oslo"]
    rows = [{"doc_id": "a", "sentence": at, "entity": name} for at, name in enumerate(names)]
    chosen, total = derived.mentions(store(entities=rows), 5)
    assert ([*zip(chosen["entity"], chosen["sentence"], strict=True)], total) == (
        [("Bonn", 1), ("Bonn", 4), ("Rome", 0), ("Rome", 2), ("Aix", 3)],
        6,
    )


def test_cues_are_of_the_first_scheme_those_of_its_most_frequent_frame_first(store):
    frames = [("s", "war"), ("t", "law"), ("s", "law"), ("s", "law"), *[("t", "art")] * 400]
    rows = [{"doc_id": "a", "sentence": at, "scheme": s, "frame": frame} for at, (s, frame) in enumerate(frames)]
    chosen, total = derived.cues(store(frame_codes=rows, frame_prevalence=[{"scheme": "s"}, {"scheme": "t"}]), 9)
    assert (chosen["sentence"].tolist(), total) == ([2, 3, 0], 3)


def test_statements_of_blame_are_by_the_most_blamed(store):
    targets = ["Bonn", "Aix", "Rome", "Rome"]
    rows = [{"doc_id": "a", "sentence": at, "target": target} for at, target in enumerate(targets)]
    chosen, total = derived.blame(store(blame=rows), 3)
    assert (chosen["sentence"].tolist(), total) == ([2, 3, 1], 4)
    assert "weight" not in chosen


def test_words_in_no_document_more_than_elsewhere_are_left_out_and_documents_are_cut(store):
    words = [{"doc_id": doc_id, "word": "coal", "count": 1, "estimate": weight}
             for doc_id, weight in (("a", 1.0), ("b", 0.0), ("c", 0.5), ("d", 0.5))]  # fmt: skip
    rows, total = derived.characteristic_words(store(tf_idf=words, documents=[{"doc_id": d} for d in "abcd"]), 2)
    assert (rows["doc_id"].tolist(), total) == (["a", "c"], 4)
    rows, _ = derived.characteristic_words(store(tf_idf=words[::-1]), 9)
    assert rows["doc_id"].tolist() == ["d", "c", "a"]  # as they come


def test_a_comparison_has_one_key_word_however_little_room_there_is(store):
    rows = [{"column": "outlet", "target": t, "reference": "r", "word": f"{t}{n}"} for t in "xyz" for n in range(9)]
    assert derived.key_words(store(keyness=rows), 2)[0]["word"].tolist() == ["x0", "y0"]
    assert derived.key_words(store(keyness=rows), 4)[0]["word"].tolist() == ["x0", "y0", "z0"]
    assert derived.key_words(store(keyness=[]), 4)[1] == 0


def test_a_term_has_one_occurrence_however_little_room_there_is(store):
    rows = [
        {"term": term, "doc_id": "a", "start": n, "keyword": term} for term in ("aid", "law", "tax") for n in (1, 2)
    ]
    assert derived.concordance(store(concordance=rows), 2)[0]["term"].tolist() == ["aid", "law"]
    assert derived.concordance(store(concordance=rows), 5)[0]["term"].tolist() == ["aid", "law", "tax"]
    assert len(derived.concordance(store(concordance=rows[:2]), 2)[0]) == 2
    empty, total = derived.concordance(store(concordance=[]), 5)
    assert (len(empty), total) == (0, 0)


def test_the_words_of_the_figure_of_two_groups_are_listed(store):
    words = [{"column": "outlet", "target": "Globe", "reference": "r", "word": f"w{at}", "n_target": 9,
              "g2": float(9 - at), "estimate": 1.0, "count_target": at + 2, "count_reference": 5}
             for at in range(3)]  # fmt: skip
    groups = [{"doc_id": name, "group": name} for name in ("Globe", "Post")]
    rows, total = derived.contrasted_words(store(keyness=words, document_groups=groups), 2)
    assert (rows["word"].tolist(), total) == (["w0", "w1"], 3)


def test_equally_similar_pairs_stand_by_their_names(store):
    likeness = [("d", "c", 0.5), ("b", "a", 0.5), ("a", "c", 0.5), ("a", "d", 0.7)]
    rows = [{"doc_id": first, "other": second, "estimate": value} for first, second, value in likeness]
    pairs, total = derived.similar_pairs(store(similarity=rows), 3)
    assert pairs[["doc_id", "other"]].to_numpy().tolist() == [["a", "d"], ["a", "b"], ["a", "c"]]
    assert total == 4


def test_the_cues_of_the_strip_are_those_of_its_document(store):
    codes = [
        {"doc_id": doc_id, "sentence": at, "scheme": "g", "frame": "war"} for doc_id, at in ("a0", "b1", "b2", "b3")
    ]
    tables = store(frame_codes=[each | {"sentence": int(each["sentence"])} for each in codes],
                   frame_prevalence=[{"scheme": "g"}])  # fmt: skip
    rows, total = derived.strip_codes(tables, 2)
    assert (rows["doc_id"].tolist(), rows["sentence"].tolist(), total) == (["b", "b"], [1, 2], 3)


def test_one_period_is_no_timeline(store):
    rows, total = derived.documents_by_period(store(documents=[{"doc_id": "a", "date": "2024-01-01"}]), 10)
    assert (len(rows), total) == (0, 1)
    dates = ["2024-01-01", "2024-01-03", "2024-01-03", "2024-01-05"]
    many = store(documents=[{"doc_id": str(at), "date": date} for at, date in enumerate(dates)])
    rows, total = derived.documents_by_period(many, 2)
    assert (rows.to_numpy().tolist(), total) == ([["2024-01-01", 1], ["2024-01-03", 2]], 3)
    two = store(documents=[{"doc_id": day, "date": f"2024-01-0{day}"} for day in "12"])
    assert len(derived.documents_by_period(two, 9)[0]) == 2


def test_notes_are_folded_by_kind(store):
    notes = [("b", "note", "repeat"), ("a", "error", "empty"), ("c", "note", "old"), ("d", "note", "repeat")]
    rows = [{"seed": seed, "severity": severity, "code": code} for seed, severity, code in notes]
    kinds, total = derived.notes_by_kind(store(problems=rows), 9)
    assert kinds[["code", "n", "seed"]].to_numpy().tolist() == [["repeat", 2, "b"], ["old", 1, "c"]] and total == 2
