"""Spark's `pipe` against a single run: the same requests must have the same answers, in the same order."""

import pathlib
import re
import subprocess
import sys
import time

import workload
from pyspark.sql import SparkSession

PARTITIONS = 8


def comparable(answers):
    """Answers without the number of a line that is in error: it counts the lines of one partition."""
    return re.sub(rb'^(\{"error":.*"line":)\d+', rb"\1N", answers, flags=re.MULTILINE)


def main(program, count, folder):
    requests = folder / "requests.ndjson"
    workload.write(requests, count)
    with open(requests, "a", encoding="utf-8") as file:
        # What a run must survive: a line that is none, an empty one, and names beyond ASCII.
        file.write('{"PolicyInputList": [\n\n')
        file.write('{"PolicyInputList": [], "ActionNames": ["s3:GetObject"], "ResourceArns": ["arn:aws:s3:::a/ü😀"]}\n')

    start = time.monotonic()
    with open(folder / "single.ndjson", "wb") as file:
        subprocess.run([program, "simulate", "--lines", "--input", requests], stdout=file, check=True)
    single = time.monotonic() - start

    spark = SparkSession.builder.master("local[2]").appName("lint-copy").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    start = time.monotonic()
    lines = spark.sparkContext.textFile(requests.as_uri(), PARTITIONS)
    partitions = lines.getNumPartitions()
    lines.pipe(f"{program} simulate --lines --input -", checkCode=True).saveAsTextFile((folder / "answers").as_uri())
    piped = time.monotonic() - start
    spark.stop()

    merged = comparable(b"".join(path.read_bytes() for path in sorted((folder / "answers").glob("part-*"))))
    expected = comparable((folder / "single.ndjson").read_bytes())
    answers = expected.count(b"\n")
    print(f"{answers} answers: {single:.1f} s in one run, {piped:.1f} s through {partitions} partitions of Spark")
    if partitions < PARTITIONS or answers < count + 2:
        sys.exit("the comparison is not one")
    if merged != expected:
        sys.exit("the answers differ")
    print("the answers are the same, in the same order")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))
