"""The same bytes from a run whose results lie in a bucket (S3), and a dry run of the Kubernetes profile.

    python -m tests.cluster.bucket [--articles 72]

Makes an environment from bucket.lock (a server that speaks S3, the plug-ins for S3 and Kubernetes), starts that server
here, and runs the same press releases on this disk and with results in the bucket, where three jobs and then the main
process are killed by SIGKILL. The same command is given again, and once more, which must do nothing. One job is then
done again as a pod does it: in a copy of the code that has neither results nor a plan. Exits with 1 unless all outputs
have the same SHA-256 and no process is left. Kubernetes itself is not here: its profile is only dry-run.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.cluster.runs import copy_with_releases, kill, processes_in, started
from tests.workflow.project import Run, outputs, run

LOCK = Path(__file__).with_name("bucket.lock")
PORT, NAME = 5566, "news"
STORAGE = ("--default-storage-provider", "s3", "--default-storage-prefix", f"s3://{NAME}/run")
# Copies of the bucket's files lie where an environment variable says, as on a node's own disk.
ELSEWHERE = (*STORAGE, "--shared-fs-usage", "none", "--local-storage-prefix", "$SCRATCH/copies")
KEYS = {
    "SNAKEMAKE_STORAGE_S3_ENDPOINT_URL": f"http://127.0.0.1:{PORT}",
    "SNAKEMAKE_STORAGE_S3_ACCESS_KEY": "key",
    "SNAKEMAKE_STORAGE_S3_SECRET_KEY": "secret",
}


def _served() -> tuple[subprocess.Popen, Any]:
    """Return a server with an empty bucket, and its client."""
    # Packages of the environment of bucket.lock alone.
    import boto3
    from botocore.exceptions import EndpointConnectionError

    server = subprocess.Popen(
        [Path(sys.executable).parent / "moto_server", "-p", str(PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    endpoint, key, secret = KEYS.values()
    client = boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1"
    )
    for _ in range(100):
        try:
            client.create_bucket(Bucket=NAME)
            return server, client
        except EndpointConnectionError:
            time.sleep(0.2)
    server.kill()
    sys.exit(f"the server did not answer on port {PORT} within 20 s")


def _in_bucket(client: Any) -> dict[str, str]:
    """Return the SHA-256 of every file that the reader gets, as `outputs` gives them for a disk."""
    hashes = {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=NAME, Prefix="run/results/"):
        for entry in page.get("Contents", []):
            name = entry["Key"].removeprefix("run/results/")
            if re.match(r"tables/|figures/|report\.html", name):
                body = client.get_object(Bucket=NAME, Key=entry["Key"])["Body"].read()
                hashes[name] = hashlib.sha256(body).hexdigest()
    return hashes


def _killed(project: Path, *arguments: str) -> None:
    """Return once a job of each of three steps and then the main process were killed, and all processes have ended."""
    process = started(project, "--cores", "2", "--retries", "2", *arguments, **KEYS)
    for step in ("documents", "parsing", "words", "report"):
        while not (
            jobs := [pid for pid, command in processes_in(project).items() if f"launch scripts.{step}" in command]
        ):
            if process.poll() is not None:
                sys.exit((project / "run.log").read_text(encoding="utf-8")[-4000:] + f"\nended before {step}")
            time.sleep(0.05)
        print(f"job of {step} runs: killed", "it" if step != "report" else "the main process", flush=True)
        kill([process.pid] if step == "report" else jobs[:1])
    process.wait()
    for _ in range(100):
        if not processes_in(project):
            return
        time.sleep(0.1)
    sys.exit(f"processes outlive the main process: {processes_in(project)}")


def _succeeded(step: str, done: Run) -> Run:
    if done.code:
        sys.exit(f"{done.output[-40000:]}\n{step}: the run failed")
    print(f"{step}: {len(done.jobs)} jobs", flush=True)
    return done


def environment(folder: Path, lock: Path) -> Path:
    """Return the interpreter of an environment made from a lock; make the environment if it is not there."""
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], check=True)
        (folder / "done").touch()
    return python


def main() -> None:
    """Run, compare, say what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=72)
    parser.add_argument("--environment", type=Path, default=Path(tempfile.gettempdir()) / "newsloom-bucket")
    options = parser.parse_args()
    if not importlib.util.find_spec("moto"):
        python = environment(options.environment, LOCK)
        os.execv(python, [python, "-m", "tests.cluster.bucket", *sys.argv[1:]])
    with tempfile.TemporaryDirectory(prefix="bucket-") as temporary:
        folder = Path(temporary)
        projects = {
            name: copy_with_releases(folder / name, number=options.articles) for name in ("disk", "bucket", "pod")
        }
        seeds = f"seeds={projects['disk'] / 'seeds'}"
        here = ("--config", seeds, "groups=party", "batch_size=24", "batch_group_size=48")
        os.environ["SCRATCH"] = temporary
        server, client = _served()
        try:
            _succeeded("on this disk", run(projects["disk"], *here))
            _killed(projects["bucket"], *ELSEWHERE, *here)
            shutil.rmtree(folder / "copies")  # as docs/cluster.md says
            _succeeded("in the bucket, after the kills", run(projects["bucket"], *ELSEWHERE, *here, **KEYS))
            again = _succeeded("in the bucket, again", run(projects["bucket"], *ELSEWHERE, *here, **KEYS))
            outputs_of = {"bucket": _in_bucket(client)}
            client.delete_object(Bucket=NAME, Key="run/results/tables/quotes.parquet")
            job = (
                "--mode",
                "remote",
                "--target-jobs",
                "entity_statistics:",
                "--allowed-rules",
                "entity_statistics",
                "--force",
                "--nolock",
            )
            _succeeded("one job, as a pod does it", run(projects["pod"], *job, *ELSEWHERE, *here, **KEYS))
            outputs_of["pod"] = _in_bucket(client)
            profile = ("--profile", "workflow/profiles/kubernetes", *STORAGE, "--dry-run", "--forceall")
            _succeeded("Kubernetes profile, dry run", run(projects["bucket"], *profile, *here, **KEYS))
        finally:
            server.kill()
        has_copies = (folder / "copies").is_dir()
        expected = outputs(projects["disk"])
    for name, hashes in outputs_of.items():
        differ = sorted(key for key in expected.keys() | hashes if expected.get(key) != hashes.get(key))
        print(f"{name}: {len(hashes)} outputs, {len(differ)} differ from those on this disk", *differ, sep="\n  ")
    print(f"copies of files of the bucket were made below $SCRATCH: {has_copies}")
    sys.exit(bool(again.jobs) or not has_copies or any(hashes != expected for hashes in outputs_of.values()))


if __name__ == "__main__":
    main()
