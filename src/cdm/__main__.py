"""`python -m cdm` is the command `cdm`."""

from cdm.cli import main

main()
