"""Train floret vectors on tokenised text: skip-gram over words and their character n-grams, hashed into one table."""

import argparse
from pathlib import Path

import floret


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tokens", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--buckets", type=int, default=50_000)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    model = floret.train_unsupervised(
        str(args.tokens),
        model="skipgram",
        mode="floret",
        hashCount=2,
        bucket=args.buckets,
        minn=4,
        maxn=5,
        dim=128,
        epoch=5,
        minCount=5,
        neg=10,
        ws=5,
        lr=0.05,
        thread=args.threads,
    )
    model.save_floret_vectors(str(args.output))


if __name__ == "__main__":
    main()
