"""Hold exported contracts against the standard's own schema and the published file.

Runs in an environment of its own (scripts/test-odcs), since datacontract-cli needs an older DuckDB:

    python tools/check_odcs.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import open_data_contract_standard
import yaml
from datacontract.data_contract import DataContract


def main() -> int:
    """Print what is wrong; 1 when there is anything, or nothing to check."""
    schema_file = Path(open_data_contract_standard.__file__).with_name("schema.json")
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    paths = sorted(Path(sys.argv[1]).glob("*.odcs.yaml"))
    wrong, checks = [], 0
    for path in paths:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        wrong += [
            f"{path.name}: {error.json_path}: {error.message[:200]}"
            for error in validator.iter_errors(document)
        ]
        for run in (
            DataContract(data_contract_file=str(path)).lint(),
            DataContract(data_contract_file=str(path)).test(),
        ):
            checks += len(run.checks)
            wrong += [
                f"{path.name}: {check.name}: {check.result}: {check.reason}"
                for check in run.checks
                if str(getattr(check.result, "value", check.result)) != "passed"
            ]
    for line in wrong:
        print(line)
    print(f"{len(paths)} contracts, {checks} checks, {len(wrong)} failed.")
    return 1 if wrong or not checks else 0


if __name__ == "__main__":
    sys.exit(main())
