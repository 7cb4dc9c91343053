"""ROUGE-L of the key sentences beside the lead of the same length, on the NorSumm development articles.

python benchmarks/summary.py ../shared/gold/summaries/norsumm_dev.json
"""

import json
import re
import statistics
import sys
from pathlib import Path

import pandas as pd
from rouge_score.rouge_scorer import RougeScorer

import depesje
from depesje.summary import WORDS, key_sentences


class Words:
    """Lower-cased runs of word characters; the library's own tokenizer drops æ, ø and å."""

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())


def lead(sentences: pd.DataFrame, words: int = WORDS) -> list[int]:
    """The first sentences of the body that fit in the same number of words."""
    chosen, used = [], 0
    for row in sentences[sentences["kind"] == "paragraph"].itertuples():
        used += len(row.text.split())
        if used > words:
            break
        chosen.append(row.sentence_id)
    return chosen


def first_seven(sentences: pd.DataFrame) -> list[int]:
    return sentences["sentence_id"].head(7).tolist()


def main(path: str) -> None:
    scorer = RougeScorer(["rougeL"], tokenizer=Words())
    scores: dict[str, list[float]] = {"key sentences": [], "lead": [], "first seven": []}
    for item in json.loads(Path(path).read_text(encoding="utf-8")):
        sentences = depesje.extract(item["article"]).sentences
        text = sentences.set_index("sentence_id")["text"]
        references = [r if isinstance(r, str) else next(iter(r.values())) for r in item["summaries_nb"]]
        for name, choose in (("key sentences", key_sentences), ("lead", lead), ("first seven", first_seven)):
            summary = " ".join(text[choose(sentences)])
            scores[name].append(max(scorer.score(r, summary)["rougeL"].fmeasure for r in references))
    print(f"ROUGE-L F, best of three references, {len(scores['lead'])} articles, at most {WORDS} words")
    for name, found in scores.items():
        print(f"{name:<16}{statistics.mean(found):.3f}")


if __name__ == "__main__":
    main(sys.argv[1])
