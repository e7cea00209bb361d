"""Reproduce a published distribution of frames from a sample of codes: headlines on gun violence in the US.

    python -m benchmarks.published_frames FOLDER WORK

FOLDER has gvfc_dev.jsonl, 649 of the 1,300 headlines of the Gun Violence Frame Corpus (Liu, Guo, Mays, Betke & Wijaya
2019, CoNLL). The numbers of main frames of all 1,300 are from Concha Macías & Keith Norambuena (2024, Text2Story). The
pipeline runs in WORK, a new folder, with a scheme of nine frames. The 200 headlines that it draws get the corpus's
codes, and its corrected shares are printed beside the published ones.
"""

import argparse
import csv
import json
import sys
from pathlib import Path

import yaml

from benchmarks.run import measure
from scripts.core.storage import ROOT, read_parquet

PUBLISHED = {
    "gun_rights": 38, "gun_control": 215, "politics": 373, "mental_health": 65, "school_public_safety": 137,
    "race_ethnicity": 114, "public_opinion": 237, "society_culture": 41, "economic_consequences": 80,
}  # fmt: skip
TERMS = {
    "gun_rights": ["second amendment", "2nd amendment", "gun rights", "right to bear arms", "constitution"],
    "gun_control": ["gun control", "lemma:ban", "background checks", "bump stocks", "gun laws", "gun bill", "red flag"],
    "politics": ["trump", "republican", "republicans", "democrats", "gop", "senate", "congress", "governor", "nra"],
    "mental_health": ["mental health", "mental illness", "mentally ill", "troubled", "cruz", "loner", "suspect"],
    "school_public_safety": ["school safety", "armed teachers", "arming teachers", "threats", "police", "lockdown"],
    "race_ethnicity": ["black", "white", "racist", "racism", "muslim", "immigrant", "mexican", "antisemitic"],
    "public_opinion": ["students", "protest", "walkout", "march", "poll", "survivors", "rally", "protesters", "voters"],
    "society_culture": ["video game", "video games", "god", "prayers", "culture", "bullying", "porn", "toxic"],
    "economic_consequences": ["boycott", "sales", "dick 's", "walmart", "stock", "companies", "investors", "sponsors"],
}
_FIELDS = ["doc_id", "text"]


def main_frame(row: dict) -> str:
    """Return the main frame of a headline, one of them renamed, since the name of a frame must begin with a letter."""
    return row["labels"][0].replace("2nd_amendment_rights", "gun_rights")


def write_project(rows: list[dict], work: Path) -> None:
    """Write the headlines, the scheme of nine frames and the settings into a new folder."""
    (work / "seeds").mkdir(parents=True)
    (work / "frames").mkdir()
    with (work / "seeds" / "headlines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _FIELDS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    frames = {name: {"definition": name.replace("_", " "), "terms": terms} for name, terms in TERMS.items()}
    scheme = {"title": "Guns", "source": "Liu et al. 2019", "frames": frames}
    (work / "frames" / "guns.yaml").write_text(yaml.safe_dump(scheme), encoding="utf-8")
    coding = {"scheme": "guns", "unit": "article", "size": 200, "machines": ["dictionary"]}
    settings = {"groups": "", "framing": {"schemes": ["guns"], "coding": coding}}
    (work / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def run(work: Path, target: str) -> None:
    """Run a target of the pipeline in the folder. Raises RuntimeError with the run's last lines if it fails."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", ROOT / "Snakefile", "--directory", work.resolve()]
    measure([*command, "--cores", "1", target])


def code(rows: list[dict], work: Path) -> None:
    """Fill in the coding sheet that the pipeline drew with the main frame of each headline."""
    main_frames = {row["text"].strip(): main_frame(row) for row in rows}
    with (work / "results" / "coding" / "coding_sheet.csv").open(encoding="utf-8", newline="") as file:
        sheet = list(csv.DictReader(file))
    for row in sheet:
        row |= {name: str(int(main_frames[row["text"].strip()] == name)) for name in PUBLISHED}
    (work / "coding").mkdir()
    with (work / "coding" / "liu.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*sheet[0]])
        writer.writeheader()
        writer.writerows(sheet)


def main() -> None:
    """Print the published shares beside the pipeline's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    options = parser.parse_args()
    lines = (options.folder / "gvfc_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    write_project(rows, options.work)
    run(options.work, "coding_sheet")
    code(rows, options.work)
    run(options.work, "reliability")
    print(
        "| frame | published, 1,300 | the machine's, 649 | corrected by 200 codes | the 649 as coded by the authors |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    for row in read_parquet(options.work / "results" / "tables" / "frame_corrected.parquet").to_pylist():
        name = row["frame"]
        known = sum(main_frame(each) == name for each in rows) / len(rows)
        shares = [
            PUBLISHED[name] / sum(PUBLISHED.values()),
            row["machine"],
            row["estimate"],
            row["lo"],
            row["hi"],
            known,
        ]
        published, machine, estimate, lo, hi, coded = (f"{100 * share:.1f}" for share in shares)
        print(f"| {name.replace('_', ' ')} | {published} | {machine} | {estimate} ({lo} to {hi}) | {coded} |")


if __name__ == "__main__":
    main()
