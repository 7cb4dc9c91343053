"""Put the lists of names in `gazetteer/` and those of the package's lexicon into one file for the recogniser.

python gazetteer.py ../gazetteer ../../src/depesje/lexicon corpus/gazetteer.json
"""

import argparse
import json
import tomllib
from pathlib import Path

import spacy
from babel import Locale

# The lists, by the file that holds each.
FILES = {
    "given": "givennames",
    "surname": "surnames",
    "org": "organisations",
    "gpe": "gpe",
    "loc": "loc",
    "prod": "prod",
    "evt": "evt",
    "derived": "derived_last",
}


def of_files(folder: Path) -> dict[str, set[str]]:
    return {
        kind: {line.strip() for line in (folder / f"{name}.txt").read_text(encoding="utf8").splitlines()}
        - {""}
        for kind, name in FILES.items()
    }


def of_lexicon(folder: Path) -> dict[str, set[str]]:
    """Names that the package's own components know."""

    def read(name: str) -> dict:
        return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf8"))

    countries = read("countries").values()
    states = {name for country in countries for name in country.get("names", [])}
    for standard in ("nb", "nn"):
        territories = Locale(standard).territories
        states |= {name for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    places = {place for country in countries for place in country.get("places", [])}
    organisations = read("organisations")["organisation"]
    return {
        "given": {name for names in read("givennames").values() for name in names.split()},
        "org": {name for o in organisations for name in (o["name"], *o.get("aliases", []))},
        "gpe": {*read("municipalities")["names"], *places, *states},
        "state": states,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lists", type=Path)
    parser.add_argument("lexicon", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    nlp = spacy.blank("nb")
    lists = of_files(args.lists)
    for kind, names in of_lexicon(args.lexicon).items():
        lists[kind] = lists.get(kind, set()) | names
    split = {
        kind: sorted({" ".join(token.lower_ for token in nlp.make_doc(name)) for name in names})
        for kind, names in lists.items()
    }
    args.output.write_text(json.dumps(split, ensure_ascii=False, indent=0), encoding="utf8")
    print({kind: len(names) for kind, names in split.items()})


if __name__ == "__main__":
    main()
