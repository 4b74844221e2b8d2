# Everything here works on a fresh machine that has make, git and any Python 3.8 or newer.
# `make help` lists what there is to make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
NODE := tests/studio/node
QUALITY ?= standard
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install packs film plan test lint doctor bench bench-cast bench-hanging bench-motion bench-picture bench-sound bench-speech bench-api bench-jobs sheets examples clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

install: $(STAMP)  ## build .venv with everything in it

$(STAMP): requirements.lock pyproject.toml bootstrap.py $(wildcard src/lichtspiel/packs/data/*.yaml) $(NODE)/package-lock.json
	@$(PYTHON) bootstrap.py $(VENV)
	@mkdir -p $(VENV)/node && cp $(NODE)/package.json $(NODE)/package-lock.json $(NODE)/.npmrc $(VENV)/node/
	@npm ci --silent --no-audit --no-fund --prefix $(VENV)/node || echo "Without npm the studio is not tried with OpenAI's Node client."
	@$(BIN)/lichtspiel packs install people
	@$(BIN)/lichtspiel packs install voices || echo "Without voices nobody speaks; try again: $(BIN)/lichtspiel packs install voices"
	@$(BIN)/lichtspiel packs install faces || echo "Without it no film begins with a picture; try again: $(BIN)/lichtspiel packs install faces"
	@touch $@

packs: $(STAMP)  ## the data of others that films can use, and what is installed of it
	@$(BIN)/lichtspiel packs list

film: $(STAMP)  ## a film of a prompt: make film PROMPT="A ball falls" [QUALITY=draft] [ARGS="--seed 2"]
	@$(BIN)/lichtspiel film "$$PROMPT" --quality $(QUALITY) $(ARGS)

plan: $(STAMP)  ## the screenplay of a prompt: make plan PROMPT="A ball falls"
	@$(BIN)/lichtspiel plan "$$PROMPT" $(ARGS)

doctor: $(STAMP)  ## what works on this machine, and what to do about the rest
	@$(BIN)/lichtspiel doctor

lint: $(STAMP)  ## style, types and the walls between the rooms
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## lint and all tests
	$(BIN)/pytest -n 2 $(ARGS)

bench: $(STAMP)  ## measure truth of motion, sync, stillness and speed
	@for part in truth simulation films; do \
		$(BIN)/python -m bench.$$part || exit 1; done

bench-picture: $(STAMP)  ## measure what the picture's settings cost and what they lose
	$(BIN)/python -m bench.picture $(ARGS)

bench-cast: $(STAMP)  ## measure people: clothes in motion, likeness, cost (over an hour; ARGS="--people 20 --poses 6")
	$(BIN)/python -m bench.cast $(ARGS)

bench-hanging: $(STAMP)  ## measure coats, skirts, gowns and capes on people in motion (half an hour; ARGS="--tried 432")
	$(BIN)/python -m bench.hanging $(ARGS)

bench-motion: $(STAMP)  ## measure how people move: feet, joints, flights, gait
	$(BIN)/python -m bench.motion $(ARGS)

bench-sound: $(STAMP)  ## measure sync, mixes, dialogue in them, lips and physics (half an hour; fetches a recogniser of 127 MB)
	$(BIN)/lichtspiel packs install recogniser
	$(BIN)/python -m bench.sound $(ARGS)

bench-speech: $(STAMP)  ## measure how well voices are understood (fetches a recogniser of 127 MB)
	$(BIN)/lichtspiel packs install recogniser
	$(BIN)/python -m bench.speech $(ARGS)

bench-api: $(STAMP)  ## measure the studio's API with a million videos, and try to break it
	$(BIN)/python -m bench.api $(ARGS)

bench-jobs: $(STAMP)  ## kill the studio again and again, and measure how it grows with workers
	$(BIN)/python -m bench.jobs $(ARGS)

sheets: $(STAMP)  ## contact sheets of everything in the library, in sheets/: look at them
	@mkdir -p sheets
	$(BIN)/python -m lichtspiel.picture.sheet -o sheets/things.png
	$(BIN)/python -m lichtspiel.picture.sheet -o sheets/places.png --size 480 --place \
		$$($(BIN)/python -c "from lichtspiel.library import catalogue; print(*catalogue.places())")
	$(BIN)/python -m lichtspiel.picture.people.sheet --people 40 --view portrait full --columns 10 -o sheets/people.png
	$(BIN)/python -m lichtspiel.picture.people.sheet --every hair --view portrait back --columns 7 -o sheets/hair.png
	$(BIN)/python -m lichtspiel.picture.people.sheet --every beard --age 45 --view close --columns 4 -o sheets/beards.png
	$(BIN)/python -m lichtspiel.picture.people.sheet --every expression --seed 21 --view close --columns 5 -o sheets/expressions.png
	$(BIN)/python -m lichtspiel.picture.people.wardrobe_sheet -o sheets/garments.png
	$(BIN)/python -m lichtspiel.motion.strip $$($(BIN)/python -c "from lichtspiel.library import catalogue; print(*catalogue.motions())") -o sheets/motions.png
	$(BIN)/python -m bench.strips -o sheets/motions_with_things.png
	$(BIN)/python -m bench.drafts -o sheets/films

examples: $(STAMP)  ## contact sheets of the films of the reference prompts, in examples/
	$(BIN)/python examples/make.py --quality $(QUALITY) $(ARGS)

clean:  ## remove .venv and caches
	rm -rf $(VENV) .venv-tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

export PROMPT
