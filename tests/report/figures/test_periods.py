"""Time axes: as many days, months or years as the dates need, and never so many that one mistyped date fills them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.report.figures.drawing import figure_style, save_figure
from scripts.report.figures.periods import (
    MOST_MONTHS,
    MOST_YEARS,
    count_by_period,
    dates_off_axis,
    densest_window,
    month_axis,
    off_axis_note,
)
from scripts.report.figures.timeline import timeline_figure
from scripts.report.figures.words import rates_figure
from tests.report.figures.parts import columns

# Dates that seeds really state: the year 0, a typo of 2025, the ends of the calendar, digits of another script.
ODD_DATES = ["0000-01", "0205-05-01", "0001", "9999", "٢٠٢٥-01", "9999-12-31T23:59:59-10:00", "2025-13", "soon"]


def rates(months):
    rows = [("month", month, word, 4, 1000, 4000.0, 1000.0, 9000.0) for word in ("law", "tax") for month in months]
    return pd.DataFrame(rows, columns=["column", "group", "word", "count", "n", "estimate", "boot_lo", "boot_hi"])


@pytest.mark.parametrize(
    ("dates", "periods", "counts"),
    [
        (["2025-01-30", "2025-02-01", "2025-02-01"], ["2025-01-30", "2025-01-31", "2025-02-01"], [1, 0, 2]),
        (["2025-01-30", "2025-04-02"], ["2025-01-30", *[None] * 61, "2025-04-02"], None),
        (["2025-01-30", "2025-04-03"], ["2025-01", "2025-02", "2025-03", "2025-04"], [1, 0, 0, 1]),
        (["2019-12-31", "2025-01-04"], ["2019", "2020", "2021", "2022", "2023", "2024", "2025"], [1, 0, 0, 0, 0, 0, 1]),
        (["2025-01-01", None, "", "soon"], ["2025-01-01"], [1]),
        ([None, ""], [], []),
        (["2025", "2025-03", "2025-03-01", "2025-05-05"], ["2025-03", "2025-04", "2025-05"], [2, 0, 1]),
        (["2023", "2024", "2025-03-01"], ["2023", "2024", "2025"], [1, 1, 1]),
    ],
    ids=["days", "the most days", "months", "years", "no dates among dates", "no dates", "some years", "years alone"],
)
def test_periods_suit_the_span_of_the_dates(dates, periods, counts):
    by_period = count_by_period(pd.Series(dates, dtype=object))
    assert len(by_period) == len(periods)
    assert all(name in (None, str(period)) for name, period in zip(periods, by_period.index, strict=True))
    assert counts is None or by_period.tolist() == counts


def test_a_date_far_from_the_others_is_named_and_does_not_stretch_the_axis():
    dates = pd.Series(["2025-05-01", "2025-05-03", "0205-05-01", "9999"])
    assert [str(period) for period in count_by_period(dates).index] == ["2025-05-01", "2025-05-02", "2025-05-03"]
    assert dates_off_axis(dates) == ["0205-05-01", "9999"]
    (axes,) = timeline_figure(pd.DataFrame({"date": dates})).axes
    assert [bar.get_height() for bar in axes.patches] == [1, 0, 1]
    assert axes.get_xlabel() == "Not shown, too far from the others: 0205-05-01, 9999."


def test_dates_without_a_month_are_none_of_january():
    figure = timeline_figure(pd.DataFrame({"date": ["2025", "2025", "2025-03-01", "2025-05-05", "2025-06"]}))
    assert figure.axes[0].get_xlabel() == "Not shown, because their dates have no month: 2."


def test_two_dates_too_far_apart_for_one_axis_are_a_note():
    figure = timeline_figure(pd.DataFrame({"date": ["0205-05-01", "2025-05-01"]}))
    assert not figure.axes
    assert figure.texts[0].get_text().endswith("one date only. Not shown, too far from the others: 0205-05-01.")


@settings(max_examples=50)
@given(st.lists(st.sampled_from([*ODD_DATES, "2025-01", "2025-02-03", "1999", "", None]), max_size=12))
def test_axes_are_bounded_whatever_the_dates(dates):
    series = pd.Series(dates, dtype=object)
    counts = count_by_period(series)
    assert len(counts) <= MOST_YEARS
    on_axis = series[~series.isin(dates_off_axis(series))]
    assert counts.sum() <= len(on_axis)
    months = [date[:7] for date in dates if date and len(date) >= 7]
    axis, outside = month_axis(months, [1] * len(months))
    assert len(axis) <= MOST_MONTHS
    assert set(months) == {month for month in months if month in axis} | set(outside)
    assert not set(axis) & set(outside)


@pytest.mark.parametrize("odd", ODD_DATES)
def test_a_figure_is_small_whatever_the_date(tmp_path, odd):
    dates = ["2025-01-05", "2025-02-06", odd]
    with figure_style():
        figures = [timeline_figure(pd.DataFrame({"date": dates})), rates_figure(rates([date[:7] for date in dates]))]
        for number, figure in enumerate(figures):
            save_figure(figure, tmp_path / str(number), title="t", description="d")
            assert (tmp_path / f"{number}.svg").stat().st_size < 200_000


def test_months_without_documents_have_a_place_and_odd_ones_are_named():
    figure = rates_figure(rates(["2025-01", "2025-03", "0000-01"]))
    assert columns(figure.axes[0]) == ["2025-01", "2025-02", "2025-03"]
    assert figure.get_supxlabel() == "line: 95% interval · Not shown, too far from the others: 0000-01."
    (line,) = figure.axes[0].lines
    assert pd.isna(line.get_ydata()).tolist() == [False, True, False]


def test_months_are_a_note_when_only_one_is_plausible():
    figure = rates_figure(rates(["2025-01", "0000-01"]))
    assert figure.texts[0].get_text().endswith("0000-01.")


def test_the_window_is_the_one_with_most_weight_and_of_equals_the_latest():
    assert densest_window([1, 2, 9], [1, 1, 5], length=3) == (9, 9)
    assert densest_window([1, 2, 9], [3, 3, 5], length=3) == (1, 2)
    assert densest_window([1, 4], [1, 1], length=3) == (4, 4)
    assert densest_window([1, 3], [1, 1], length=3) == (1, 3)


def test_many_values_off_the_axis_are_counted():
    assert off_axis_note([]) == ""
    assert off_axis_note(list("abcdef")) == "Not shown, too far from the others: a, b, c, d and 2 more."
    assert off_axis_note(list("abcd")) == "Not shown, too far from the others: a, b, c, d."


@pytest.mark.parametrize(("days", "step"), [(2, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_at_most_eight_periods_are_named(days, step):
    dates = pd.Series([f"2025-05-{day:02}" for day in range(1, days + 1)])
    (axes,) = timeline_figure(pd.DataFrame({"date": dates})).axes
    assert columns(axes) == dates.tolist()[::step]
    assert axes.get_xticks().tolist() == list(range(0, days, step))
    assert axes.get_ylabel() == "documents per day"


@pytest.mark.parametrize(("last", "periods"), [("2025-01-04", 61), ("2025-01-05", 6)])
def test_five_years_are_counted_by_month_and_more_by_year(last, periods):
    # 5 * 366 days from the first to the last, and one day more.
    counts = count_by_period(pd.Series(["2020-01-01", last]))
    assert (len(counts), counts.iloc[0], counts.iloc[-1], counts.sum()) == (periods, 1, 1, 2)


def test_an_axis_has_three_hundred_years_or_a_hundred_and_twenty_months():
    assert len(count_by_period(pd.Series(["1725", "2024"]))) == 300
    assert dates_off_axis(pd.Series(["1725", "2024"])) == []
    assert dates_off_axis(pd.Series(["1724", "2024"])) == ["1724"]
    axis, outside = month_axis(["2015-01", "2024-12"], [1, 1])
    assert (len(axis), axis[0], axis[-1], outside) == (120, "2015-01", "2024-12", [])
    assert month_axis(["2014-12", "2024-12"], [1, 1]) == (["2024-12"], ["2014-12"])
    assert month_axis(["2014-12", "2024-12"], [2, 1]) == (["2014-12"], ["2024-12"])
    assert month_axis(["soon", "soon"], [1, 1]) == ([], ["soon"])


@pytest.mark.parametrize(
    ("date", "n"), [("0000-05-01", 0), ("0001-05-01", 1), ("9999-06-01", 1), ("9999-12-31T23:59:59-10:00", 0)]
)
def test_years_outside_the_calendar_are_left_out(date, n):
    assert count_by_period(pd.Series([date])).sum() == n


def test_long_values_off_the_axis_are_cut():
    assert off_axis_note(["x" * 24, "y" * 25]) == f"Not shown, too far from the others: {'x' * 24}, {'y' * 23}…."
