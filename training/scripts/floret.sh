set -e
PY=../.venv/bin/python
$PY scripts/tokenize_texts.py ../../shared vectors/tokens.txt
date; wc vectors/tokens.txt
$PY - <<'P'
import floret
m = floret.train_unsupervised("vectors/tokens.txt", model="skipgram", mode="floret", hashCount=2, bucket=50000, minn=4, maxn=5, dim=128, epoch=5, minCount=5, neg=10, ws=5, lr=0.05, thread=2)
m.save_floret_vectors("vectors/nb.floret")
P
date
