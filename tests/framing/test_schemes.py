import pytest

from scripts.framing.schemes import (
    FRAMES,
    Element,
    chosen_schemes,
    coding_scheme,
    load_scheme,
    load_schemes,
    parse_pattern,
)
from scripts.framing.terms import static_faults

SCHEME = """
title: Test
source: nobody
frames:
  money:
    definition: Money.
    terms:
{terms}
"""


@pytest.fixture
def write(tmp_path):
    def write(terms):
        path = tmp_path / "own.yaml"
        path.write_text(SCHEME.format(terms="\n".join(f"      - {term}" for term in terms)), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("pattern", "elements"),
    [
        ("Word", [("word", "word")]),
        ("prefix*", [("prefix", "prefix")]),
        ("lemma:be good", [("lemma", "be"), ("word", "good")]),
        ("decision-maker*", [("word", "decision"), ("prefix", "maker")]),
        ("“White House”", [("word", "white"), ("word", "house")]),
        ("nation ’s", [("word", "nation"), ("word", "'s")]),
        ("take * step", [("word", "take"), ("any", ""), ("word", "step")]),
        (r"re:18\d\d", [("re", r"18\d\d")]),
    ],
)
def test_pattern_is_split_into_elements(pattern, elements):
    assert parse_pattern(pattern) == tuple(Element(*element) for element in elements)


@pytest.mark.parametrize(
    "pattern", ["", "  ", "* word", "word *", "*", "re:(", "w*rd", "lemma:", "re:" + "(" * 5_000, "re:a{9999999999999}"]
)
def test_bad_pattern_is_refused(pattern):
    with pytest.raises(ValueError):
        parse_pattern(pattern)


def test_every_shipped_scheme_loads_and_names_its_source():
    names = sorted(path.stem for path in FRAMES.glob("*.yaml"))
    assert {"generic", "policy"} <= set(names)
    for scheme in load_schemes(names):
        assert scheme.source
        assert all(frame.definition and frame.terms for frame in scheme.frames)


def test_prefix_needs_its_exclusions(write):
    with pytest.raises(ValueError, match=r"own.yaml, frame money: 'fund\*': a prefix needs `exclude`"):
        load_scheme(write(["fund*"]))
    (term,) = load_scheme(write(["{term: 'fund*', exclude: ['fundamental*']}"])).frames[0].terms
    assert term.exclude == ((Element("prefix", "fundamental"),),)


@pytest.mark.parametrize("term", ["{pattern: x}", "{term: x, exclude: y}", "7", "{term: x, wait: 1}"])
def test_bad_term_names_file_and_frame(write, term):
    with pytest.raises(ValueError, match=r"own\.yaml, frame money"):
        load_scheme(write([term]))


def test_broken_yaml_names_the_file(write):
    with pytest.raises(ValueError, match=r"own\.yaml"):
        load_scheme(write(["'open"]))


@pytest.mark.parametrize("frames", ["", "{}", "[]"])
def test_scheme_without_frames_is_refused(tmp_path, frames):
    (tmp_path / "own.yaml").write_text(f"title: T\nsource: S\nframes: {frames}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"own\.yaml: a scheme has .* at least one"):
        load_scheme(tmp_path / "own.yaml")


def test_own_folder_comes_first(write, tmp_path):
    (tmp_path / "generic.yaml").write_text(write(["cash"]).read_text(encoding="utf-8"), encoding="utf-8")
    own, shipped = load_schemes(["generic"], [tmp_path, FRAMES])[0], load_schemes(["generic"])[0]
    assert own.title == "Test" != shipped.title


def test_unknown_scheme_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(ValueError, match=r"'nothing': no file nothing\.yaml \(not \.yml\) in .*, frames; there are"):
        load_schemes(["nothing"], [tmp_path, FRAMES])


def test_shipped_schemes_have_no_double_and_no_shadowed_terms():
    for scheme in load_schemes(sorted(path.stem for path in FRAMES.glob("*.yaml"))):
        for frame in scheme.frames:
            assert list(static_faults(frame)) == [], f"{scheme.name}, {frame.name}"


def test_settings_name_the_schemes_and_a_fault_ends_with_its_message(write, tmp_path):
    write(["cash"])
    framing = {"schemes": ["own", "policy"], "folder": str(tmp_path), "coding": {"scheme": "policy"}}
    assert [scheme.name for scheme in chosen_schemes(framing)] == ["own", "policy"]
    assert coding_scheme(framing).name == "policy"
    with pytest.raises(SystemExit, match=r"framing\.coding\.scheme = generic"):
        coding_scheme({**framing, "coding": {"scheme": "generic"}})
    write(["fund*"])
    with pytest.raises(SystemExit, match=r"own\.yaml, frame money"):
        chosen_schemes(framing)
