"""Names documents of a corpus that stand for all of it: `corpus.py INDEX FOLDER COUNT`.

One after the other, the document whose version, size and class have been named least often; a hash decides between equals,
so that the choice is always the same and is not that of the alphabet.
"""

import collections
import csv
import hashlib
import pathlib
import sys


def main():
    index, folder, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    with index.open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if (folder / row["file"]).is_file()]
    if len(rows) < count:
        sys.exit(f"{folder} has only {len(rows)} documents of {index}, not {count}")
    named = collections.Counter()

    def strata(row):
        return [("version", row["oas"][:3]), ("size", row["band"]), ("class", row["class"])]

    def cost(row):
        return sum(named[stratum] for stratum in strata(row)), hashlib.sha256(row["slug"].encode()).hexdigest()

    for _ in range(count):
        row = min(rows, key=cost)
        rows.remove(row)
        named.update(strata(row))
        print(folder / row["file"])


main()
