# Thin on purpose: every command is `python packaging/dev.py NAME`, which also works where there is no make.
# Arguments for the command behind it go into ARGS:  make test ARGS="tests/unit -k dates"

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
ARGS ?=

.PHONY: help setup run test lint soak bench build lock clean

help: ; @$(RUN) help
setup run test lint soak bench build lock clean: ; @$(RUN) $@ $(ARGS)

RUN = $(if $(PYTHON),$(PYTHON) packaging/dev.py,echo "Clinic Mapper needs Python 3.11 or newer; none was found." >&2; false)
