import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from scripts.documents.normalise import normalise, ungarbled

_HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            "ab \r\n\t\0\x0b\x85\u2028\xad\u200b\u200d\u202e\u0301\u0323\u1100\u1161\u11a8\u212b\ud800\u09c7\u09be"
        ),
        st.sampled_from(["&", "amp;", "&amp;", "lt;", "#38;", "#x26;", "&#173;", "&#769;", "&eacute;", "&#97;", "mp;"]),
        st.characters(),
    ),
    max_size=60,
).map("".join)


@given(_HOSTILE)
@example("e\u0301\u0323" * 20)
@example("\u1100\u1161\u11a8")
@example("x\u09c7\u09be")
@example("a\u200d\u200d \u2028\u200d\u212b\u200d\u1f71\u200c\u061c\u200d\ud800\u200d\u2000\u200d")
@example("&amp;\xadlt;&am&#173;p;&&#97;mp;&#38;#38;lt;")
def test_the_result_is_nfc_and_stable(text):
    uniform = normalise(text).text
    assert uniform == unicodedata.normalize("NFC", uniform)
    assert normalise(uniform).text == uniform
    uniform.encode("utf-8")


def joined_signs():
    """Return signs that are composed of several, of which a later one is no mark by its combining class."""
    composed = [chr(c) for c in range(0x110000) if unicodedata.decomposition(chr(c))[:1] not in ("", "<")]
    parts = [unicodedata.normalize("NFD", sign) for sign in composed]
    syllables = [unicodedata.normalize("NFD", chr(c)) for c in range(0xAC00, 0xAC00 + 21 * 28)]
    return syllables + [each for each in parts if any(unicodedata.combining(sign) == 0 for sign in each[1:])]


def test_every_sign_that_joins_with_the_one_before_is_composed():
    for parts in joined_signs():
        assert normalise(f"“{parts}”").text == f"“{unicodedata.normalize('NFC', parts)}”"


def test_runs_of_more_than_thirty_marks_are_composed_piece_by_piece():
    assert normalise("e\u0301" + "\u0316" * 29 + "\u0301").text == "\u00e9" + "\u0316" * 29 + "\u0301"
    long = "e" + "\u0316" * 31 + "\u0301"
    assert normalise(long).text == long
    assert normalise("e" + "\u0316" * 29 + "\u0301").text == "\u00e9" + "\u0316" * 29


def test_counts_what_was_changed():
    uniform = normalise("so\xadft\r\nA\u200b\x00\x00e\u0301\ud800")
    assert uniform.text == "soft\nAé\ufffd"
    assert uniform.counts == {
        "line_ends": 1,
        "nuls": 2,
        "soft_hyphens": 1,
        "surrogates": 1,
        "zero_width": 1,
    }


def test_joiners_of_emoji_and_persian_stay():
    for text in ("👩‍👩‍👧", "می‌خواهم"):
        assert normalise(text).text == text
    assert normalise("co\u200doperate").text == "cooperate"


def test_escapes_of_html_become_their_signs():
    uniform = normalise("AT&amp;T &amp;quot;won&amp;amp;apos;t&quot; &#8220;e&#769;&#8221; &nosuch; &#97; &lt;b&gt;")
    assert uniform.text == 'AT&T "won\'t" “é” &nosuch; &#97; <b>'
    assert uniform.counts == {"escapes": 9}


def test_an_escape_escaped_many_times_takes_linear_time():
    assert normalise("&" + "amp;" * 250_000 + "quot;").text == '"'


def test_text_that_was_garbled_twice_is_repaired_and_sound_text_stays():
    assert ungarbled("JuÃÂ¡rez: “Ça va, Ângela?”") == ("Juárez: “Ça va, Ângela?”", 1)
    for text in ("“Ça va, Ângela?”", "MAÑANA, SÃO PAULO: €5", "plain"):
        assert ungarbled(text) == (text, 0)


def test_plain_text_is_left_alone():
    text = "“America’s problem, not China’s,”\n\tLin\xa0said.\n"
    assert normalise(text) == (text, {})
