"""Legends say what each sign means, where a figure asks for them."""

from matplotlib.figure import Figure

from scripts.report.figures.legends import difference_legend, keyness_legend


def entries(figure):
    """Return the labels and markers of a figure's only legend."""
    (legend,) = figure.legends
    texts = [text.get_text() for text in legend.get_texts()]
    return list(zip(texts, [handle.get_marker() for handle in legend.legend_handles], strict=True))


def test_groups_that_differ_have_a_filled_circle():
    figure = Figure()
    difference_legend(figure)
    assert entries(figure) == [
        ("all documents", "|"),
        ("differs from the others, adjusted p < 0.05", "o"),
        ("not shown to differ", "o"),
    ]
    filled, empty = (handle.get_markerfacecolor() for handle in figure.legends[0].legend_handles[1:])
    assert filled != empty


def test_key_words_have_a_diamond():
    figure = Figure()
    keyness_legend(figure, loc="outside lower right")
    assert entries(figure) == [
        ("adjusted p < 0.05", "D"),
        ("does not survive correction", "o"),
    ]
