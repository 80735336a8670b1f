"""Write the demo exports: ``python -m demo.generate --output demo/exports [--scale N]``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from demo.generator import build_exports
from demo.generator.write import write_exports, write_truth


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and write the files; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo.generate", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("demo/exports"),
                        help="folder of the exports (default: demo/exports)")
    parser.add_argument("--truth", type=Path, default=None,
                        help="folder of the truth key (default: 'truth' beside --output)")
    parser.add_argument("--scale", type=int, default=1, metavar="N",
                        help="write N copies of the company with other people, for benchmarks; "
                             "only copy 1 has a truth key, and N > 1 writes none unless asked")
    options = parser.parse_args(arguments)
    if options.scale < 1:
        parser.error("--scale must be 1 or more")
    started = time.monotonic()
    exports = build_exports()
    try:
        counts = write_exports(exports, options.output, options.scale)
    except FileExistsError as problem:
        print(problem, file=sys.stderr)
        return 2
    truth = options.truth
    if truth is None and options.scale == 1:
        truth = options.output.parent / "truth"
    if truth is not None:
        write_truth(exports, counts, truth)
    rows = sum(count.rows for count in counts)
    print(f"{rows:,} rows in {len(counts)} files below {options.output} "
          f"in {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
