"""Learn the networks that find names, on the CPU and with a fixed seed.

    python -m training.name_tagger WINDOWS.npz
    python -m training.name_tagger WINDOWS.npz --without 0 --output FOLDS/0

`training.name_windows` writes WINDOWS. `training.entity_labels` also needs, for each of the five folds of outlets, the
networks that were trained without it. This needs JAX from requirements/training.lock in an environment of its own; the
module imports only `training.encoder`. Writes both networks to workflow/models in float16 and prints their SHA-256 for
`scripts.entities.name_tagger`, which describes them. They differ in the number of steps. The weights are a running mean
over the last steps. The vectors of words are not learned.
"""

import argparse
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from training.encoder import Batch, Params, matrix_product

_FOLDER = Path("workflow/models")
# Number of steps by file: the first network, and the second, which reads where the first is unsure.
_STEPS = {"name_tagger.npz": 3200, "name_tagger_second.npz": 7000}
_WIDTH, _LAYERS, _BATCH, _GOLD_BATCH, _RATE, _DECAY, _WARM = 128, 5, 32, 11, 2e-3, 0.01, 0.05
# Share of words hidden; dropout rate of the numbers of a layer in a window; share of windows cut to a few tokens, like
# short texts; the fewest and most of these tokens.
_MASKED, _DROPPED, _CUT, _SHORTEST, _LONGEST = 0.06, 0.15, 0.1, 5, 40
# Share of the running mean of the weights that a step keeps.
_KEPT_OF_MEAN = 0.997
_ENDINGS, _SHAPES, _LISTS, _LABELS = 1024, 10, 15, 37
_SYMBOLS = 64
# Labels of places and of other names for the first token of a mention; for later tokens they are higher by `_LATER`.
_PLACES, _OTHERS, _LATER = (3, 4, 5), (7, 8, 9, 10, 11), 18
_READ = ("word", "ending", "shape", "list", "tag", "dependency", "label")


def allowed_labels() -> NDArray[np.float32]:
    """Return a matrix with 1 for the labels that each label number allows: itself, or any label of its kind."""
    kinds = [(place + later for place in of) for of in (_PLACES, _OTHERS) for later in (0, _LATER)]
    allowed = np.zeros((_LABELS + len(kinds), _LABELS), np.float32)
    np.fill_diagonal(allowed, 1.0)
    for row, labels in enumerate(kinds, _LABELS):
        allowed[row, list(labels)] = 1.0
    return allowed


def new_tagger(word_width: int) -> Params:
    """Return the network before training."""
    draw = np.random.default_rng(0)

    def normals(*shape: int, scale: float) -> jax.Array:
        return jnp.asarray(draw.normal(scale=scale, size=shape), jnp.float32)

    sizes = {"tag": _SYMBOLS, "dependency": _SYMBOLS, "shape": _SHAPES, "list": _LISTS, "ending": _ENDINGS}
    start = {"word": normals(word_width, _WIDTH, scale=word_width**-0.5)}
    start |= {name: normals(size, _WIDTH, scale=0.3) for name, size in sizes.items()}
    start |= {"gain": jnp.ones(_WIDTH), "bias": jnp.zeros(_WIDTH)}
    start |= {"label": normals(_WIDTH, _LABELS, scale=0.05), "label_bias": jnp.zeros(_LABELS)}
    layer = {"window_bias": jnp.zeros(2 * _WIDTH), "gain": jnp.ones(_WIDTH), "bias": jnp.zeros(_WIDTH)}
    scale = (3 * _WIDTH) ** -0.5
    return start | {
        "layers": [layer | {"window": normals(3 * _WIDTH, 2 * _WIDTH, scale=scale)} for _ in range(_LAYERS)]
    }


def _normal(x: jax.Array, of: Params) -> jax.Array:
    """Return vectors normalized to mean 0 and variance 1, times a gain plus a bias."""
    x = x - x.mean(-1, keepdims=True)
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-6) * of["gain"] + of["bias"]


def log_odds(tagger: Params, batch: Batch, vectors: jax.Array) -> jax.Array:
    """Return the log-odds of each label for each token."""
    is_token = (batch["word"] >= 0)[..., None].astype(jnp.float32)
    lists = ((batch["list"][..., None] >> jnp.arange(_LISTS)) & 1).astype(jnp.float32)
    x = matrix_product(vectors[jnp.maximum(batch["word"], 0)], tagger["word"]) + lists @ tagger["list"]
    x += sum(tagger[name][batch[name]] for name in ("tag", "dependency", "shape", "ending"))
    x = _normal(x, tagger) * is_token * batch["kept"]
    for layer in tagger["layers"]:
        before, after = (jnp.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0))), jnp.pad(x[:, 1:], ((0, 0), (0, 1), (0, 0))))
        halves = matrix_product(jnp.concatenate([before, x, after], -1), layer["window"]) + layer["window_bias"]
        more = jnp.maximum(halves[..., :_WIDTH], halves[..., _WIDTH:]) * batch["kept"]
        x = _normal(x + more, layer) * is_token
    return x @ tagger["label"] + tagger["label_bias"]


def loss_of(tagger: Params, batch: Batch, vectors: jax.Array, allowed: jax.Array) -> jax.Array:
    """Return the mean cross-entropy of the labels; if several labels are allowed, their probabilities are summed."""
    chances, labels = jax.nn.log_softmax(log_odds(tagger, batch, vectors)), batch["label"]
    right = jax.nn.logsumexp(chances + jnp.log(allowed + 1e-9)[jnp.maximum(labels, 0)], -1)
    return -(right * (labels >= 0)).sum() / (labels >= 0).sum()


def batch_of(windows: Params, chosen: NDArray[np.int_], draw: np.random.Generator) -> Batch:
    """Return the `chosen` windows, a few of them cut, with some words hidden, half of these with their last letters."""
    batch = {name: windows[name][chosen] for name in _READ}
    token, n = np.arange(batch["word"].shape[1]), len(chosen)
    first, size = draw.integers(len(token) - _LONGEST, size=n), draw.integers(_SHORTEST, _LONGEST, size=n)
    is_out = (draw.random(n) < _CUT)[:, None] & ((token < first[:, None]) | (token >= (first + size)[:, None]))
    batch |= {name: np.where(is_out, -1, batch[name]) for name in ("word", "label")}
    is_hidden = (draw.random(batch["word"].shape) < _MASKED) & (batch["word"] >= 0)
    batch["word"] = np.where(is_hidden, 0, batch["word"])
    batch["ending"] = np.where(is_hidden & (draw.random(is_hidden.shape) < 0.5), 0, batch["ending"])
    scale = (draw.random((len(chosen), 1, _WIDTH)) > _DROPPED) / (1 - _DROPPED)
    return {name: jnp.asarray(values) for name, values in (batch | {"kept": scale.astype(np.float32)}).items()}


def steps(order: NDArray[np.int_], size: int, draw: np.random.Generator) -> Iterator[NDArray[np.int_]]:
    """Yield `size` numbers at a time, endlessly, each round drawn without replacement."""
    while True:
        drawn = draw.permutation(order)
        yield from (drawn[first : first + size] for first in range(0, len(drawn) - size + 1, size))


def train(windows: Params, vectors: jax.Array, n_steps: int) -> Params:
    """Return the network after `n_steps` steps. Prints its loss."""
    draw = np.random.default_rng(19)
    gold = steps(np.flatnonzero(windows["is_gold"]), _GOLD_BATCH, draw)
    texts = steps(np.flatnonzero(~windows["is_gold"]), _BATCH - _GOLD_BATCH, draw)
    schedule = optax.warmup_cosine_decay_schedule(0.0, _RATE, int(_WARM * n_steps), n_steps, 0.02 * _RATE)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, b2=0.98, weight_decay=_DECAY))
    tagger, allowed = new_tagger(vectors.shape[1]), jnp.asarray(allowed_labels())

    @jax.jit
    def step(
        tagger: Params, mean: Params, state: optax.OptState, batch: Batch
    ) -> tuple[Params, Params, optax.OptState, jax.Array]:
        value, gradient = jax.value_and_grad(loss_of)(tagger, batch, vectors, allowed)
        update, state = optimizer.update(gradient, state, tagger)
        tagger = optax.apply_updates(tagger, update)
        return tagger, optax.incremental_update(tagger, mean, 1 - _KEPT_OF_MEAN), state, value

    mean, state, values, begin = tagger, optimizer.init(tagger), [], time.process_time()
    for number in range(1, n_steps + 1):
        batch = batch_of(windows, np.concatenate([next(gold), next(texts)]), draw)
        tagger, mean, state, value = step(tagger, mean, state, batch)
        values.append(value)
        if number % 250 == 0:
            print(f"step {number}, {time.process_time() - begin:.0f} s: {np.mean(values[-250:]):.4f}", flush=True)
    return mean


def main() -> None:
    """Learn from the windows and write both networks."""
    parser = argparse.ArgumentParser(prog="training.name_tagger", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("--without", type=int, help="fold of outlets not to learn from")
    parser.add_argument("--output", type=Path, default=_FOLDER, help="folder for the networks")
    options = parser.parse_args()
    windows = dict(np.load(options.windows))
    windows["label"] = windows["label_0" if options.without is None else f"label_{options.without + 1}"]
    if options.without is not None:
        windows |= {name: windows[name][windows["fold"] != options.without] for name in (*_READ, "is_gold")}
    vectors = windows["vectors"].astype(np.float32)
    spread = vectors.std()
    options.output.mkdir(parents=True, exist_ok=True)
    for file, n_steps in _STEPS.items():
        tagger = train(windows, jnp.asarray(vectors / spread), n_steps)
        tagger["word"] = tagger["word"] / spread
        arrays = {name: windows[name] for name in ("tags", "dependencies")}
        for name in ("tag", "dependency"):
            tagger[name] = tagger[name][: len(arrays["tags" if name == "tag" else "dependencies"])]
        layers = enumerate(tagger.pop("layers"))
        tagger |= {f"{number}.{name}": values for number, layer in layers for name, values in layer.items()}
        arrays |= {name: np.asarray(values).astype(np.float16) for name, values in tagger.items()}
        np.savez_compressed(options.output / file, allow_pickle=False, **arrays)
        data = (options.output / file).read_bytes()
        print(f"{file}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
