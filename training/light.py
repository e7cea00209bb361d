"""Learn the network of the reader `light` from that of `encoder`, on the CPU and with a fixed seed.

    python -m training.light WINDOWS.npz CHECKPOINT.npz --left-out usa-today politico

`training.light_windows` writes WINDOWS; the outlets left out are for the weights of `training.encoder_scorer`. This
needs JAX from requirements/training.lock in an environment of its own; the module imports only `training.encoder`.

The student is narrow and reads the parse as well as the words: a vector for its tag and one for its dependency is added
to the embedding of each piece, and the relations between words are added to attention (Shaw et al. 2018). Its
embeddings start as the strongest directions of the teacher's. It learns the teacher's outputs for each token and for
each token and cue, halfway to the gold labels if there are any (Hinton et al. 2015), and the strongest directions of
the teacher's last layer.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from training.encoder import (
    HEAD,
    PAIR_LOSS,
    TOKEN_LOSS,
    Batch,
    Params,
    altered,
    hidden_at_padding,
    layer_output,
    new_heads,
    normal,
    pair_logits,
)

# Share of the gold labels in the targets, if there are any; most cues of a window, and the lowest probability of one.
_LABELS, _CUES, _LEAST = 0.5, 8, 0.02
# Directions of the teacher's last layer, the number of tokens from which they are taken, their weight in the loss.
_DIRECTIONS, _TOKENS, _LIKE = 128, 12_000, 0.2
# Width of the vectors of a cue and a token for each label; initial addend for a relation in its attention head.
_PAIR_WIDTH, _RELATED = 64, 2.0
# Initial standard deviations; windows per step; steps per group of windows that are sorted by length.
_EMBEDDED, _SYMBOL, _BATCH, _GROUP = 0.05, 0.03, 16, 32
# Share of the steps in which the learning rate rises; weight decay; batches in a check; steps between two checks.
_WARM, _DECAY, _CHECKED, _OFTEN = 0.06, 0.01, 40, 500
# Share of the running mean of the weights that a step keeps.
_KEPT_OF_MEAN = 0.998
# The column of the token labels that marks cues.
_CUE = 3
# Number of relations between two words, see `related`.
_N_RELATIONS = 5
_SYNTAX = ("above", "first", "last", "sentence", "tag", "dependency")


def new_student(windows: Params, *, width: int, layers: int, seed: int) -> Params:
    """Return the student before training, with a map from its vectors to the directions of the teacher's vectors."""
    draw = np.random.default_rng(seed)

    def normals(*shape: int, scale: float) -> jax.Array:
        return jnp.asarray(draw.normal(scale=scale, size=shape), jnp.float32)

    n_heads = width // HEAD
    related = np.zeros((_N_RELATIONS, n_heads), np.float32)
    np.fill_diagonal(related, _RELATED)
    shapes = {"attend": (width, 3 * width), "mix": (width, width), "widen": (width, 4 * width)}
    shapes["narrow"] = (4 * width, width)

    def layer() -> Params:
        matrices = {name: normals(*shape, scale=_scale(name, shape[0])) for name, shape in shapes.items()}
        biases = {f"{name}_bias": jnp.zeros(shape[1]) for name, shape in shapes.items()}
        norms = {f"{name}_norm_{kind}": of(width) for name in ("mix", "narrow") for kind, of in _NORM.items()}
        return matrices | biases | norms | {"related": jnp.asarray(related)}

    symbols = {
        "of_tag": normals(len(windows["tags"]), width, scale=_SYMBOL),
        "of_dependency": normals(len(windows["dependencies"]), width, scale=_SYMBOL),
    }
    return {
        "embeddings": _embeddings(windows, width) | symbols,
        "layers": [layer() for _ in range(layers)],
        "heads": new_heads(seed, width, _PAIR_WIDTH),
        "like": {"map": normals(width, _DIRECTIONS, scale=width**-0.5), "bias": jnp.zeros(_DIRECTIONS)},
    }


_NORM = {"gain": jnp.ones, "bias": jnp.zeros}


def _scale(name: str, width: int) -> float:
    """Return the initial standard deviation of a matrix; it is smaller for the updates that a layer adds."""
    return float((0.7 if name in ("mix", "narrow") else 1.0) * width**-0.5)


def _embeddings(windows: Params, width: int) -> Params:
    """Return the teacher's embeddings along their strongest directions, for which frequent pieces count more."""
    words = windows["embeddings"].astype(np.float64)
    weight = np.sqrt(1 + np.bincount(windows["pieces"][windows["pieces"] > 0], minlength=len(words)))
    mean = np.average(words, 0, weight)
    centred = (words - mean) * np.sqrt(weight)[:, None]
    directions = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :width]
    turned = (words - mean) @ directions
    scale = _EMBEDDED * np.sqrt(width / np.square(turned).sum(1).mean())
    places = windows["places"] - windows["places"].mean(0)
    return {
        "pieces": jnp.asarray(turned * scale, jnp.float32),
        "places": jnp.asarray(places @ directions * scale, jnp.float32),
        "gain": jnp.ones(width),
        "bias": jnp.zeros(width),
    }


def directions_of(windows: Params) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean of the teacher's vectors, and the map to their strongest directions, with one common scale."""
    is_token = windows["counted"][..., -1] > 0
    vectors = windows["vectors"][:_TOKENS][is_token[:_TOKENS]][:_TOKENS].astype(np.float32)
    mean = vectors.mean(0)
    _, strength, directions = np.linalg.svd(vectors - mean, full_matrices=False)
    scale = strength[:_DIRECTIONS].mean() / np.sqrt(len(vectors))
    return mean, directions[:_DIRECTIONS].T / scale


def related(batch: Batch) -> jax.Array:
    """Return 1 if a relation holds between two pieces and else 0: (windows, relations, queries, keys)."""
    at = jnp.arange(batch["pieces"].shape[1])
    is_head = batch["above"][:, :, None] == at
    holds = (batch["first"][:, None, :] <= at[:, None]) & (at[:, None] <= batch["last"][:, None, :])
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    turned = (is_head, is_head.swapaxes(1, 2), holds, holds.swapaxes(1, 2), same)
    return jnp.stack(turned, 1).astype(jnp.float32)


def read(student: Params, batch: Batch) -> jax.Array:
    """Return the output of the student's last layer."""
    of = student["embeddings"]
    x = of["pieces"][batch["pieces"]] + of["places"][: batch["pieces"].shape[1]]
    x = x + of["of_tag"][batch["tag"]] + of["of_dependency"][batch["dependency"]]
    x = normal(x, of["gain"], of["bias"])
    hidden, relations = hidden_at_padding(batch["pieces"]), related(batch)
    for layer in student["layers"]:
        fit = sum(relations[:, n, None] * layer["related"][n][:, None, None] for n in range(_N_RELATIONS))
        x = layer_output(layer, x, hidden + fit)
    return x


def with_targets(batch: Batch, teacher: Params) -> Batch:
    """Return a batch with the targets: labels of each token, the cues, and labels of each token for each cue.

    The cues are those of the gold labels, then the likeliest by the teacher, then -1. Gold labels count `_LABELS`.
    """
    heads, vectors, share = teacher["heads"], batch["vectors"].astype(jnp.float32), _LABELS * batch["is_labelled"]
    of_tokens = jax.nn.sigmoid(vectors @ heads["token"] + heads["token_bias"])
    is_labelled = (batch["label_cues"][:, :, None] == jnp.arange(vectors.shape[1])).any(1)
    chance = of_tokens[..., _CUE] * batch["is_token"]
    likeliest, places = jax.lax.top_k(jnp.where((chance > _LEAST) | is_labelled, chance + is_labelled, 0.0), _CUES)
    cues = jnp.where(likeliest > 0, places, -1)
    same = (cues[:, :, None] == batch["label_cues"][:, None, :]) & (cues[:, :, None] >= 0)
    label = jnp.take_along_axis(batch["to_see"], same.argmax(-1)[:, :, None, None], 1)
    of_pairs = jax.nn.sigmoid(pair_logits(heads, vectors, cues))
    return batch | {
        "of_tokens": of_tokens + share * (batch["labels"] - of_tokens),
        "cues": cues,
        "seen": of_pairs + _LABELS * same.any(-1)[..., None, None] * (label - of_pairs),
        "directions": (vectors - teacher["mean"]) @ teacher["directions"],
    }


def losses(student: Params, batch: Batch) -> jax.Array:
    """Return the cross-entropy of each label of both heads, and the squared distance to the teacher's vectors."""
    x, heads, counted = read(student, batch), student["heads"], batch["is_token"]
    of_tokens = optax.sigmoid_binary_cross_entropy(x @ heads["token"] + heads["token_bias"], batch["of_tokens"])
    of_tokens = (of_tokens * counted[..., None]).sum((0, 1)) / counted.sum()
    is_pair = counted[:, None, :, None] * (batch["cues"] >= 0)[..., None, None]
    of_pairs = optax.sigmoid_binary_cross_entropy(pair_logits(heads, x, batch["cues"]), batch["seen"])
    of_pairs = (of_pairs * is_pair).sum((0, 1, 2)) / jnp.maximum(1, is_pair.sum())
    unlike = jnp.square(x @ student["like"]["map"] + student["like"]["bias"] - batch["directions"]).mean(-1)
    of_directions = _LIKE * (unlike * counted).sum() / counted.sum()
    return jnp.concatenate([of_tokens * TOKEN_LOSS, of_pairs * PAIR_LOSS, of_directions[None]])


def batch_of(windows: Params, chosen: NDArray[np.int_], draw: np.random.Generator | None = None) -> Batch:
    """Return the `chosen` windows, cut to the longest of them; if there is `draw`, altered as in `encoder.altered`."""
    size = int(np.ceil((windows["pieces"][chosen] > 0).sum(1).max() / HEAD) * HEAD)
    of_batch = {name: windows[name][chosen, :size] for name in ("pieces", "labels", "vectors", *_SYNTAX)}
    is_labelled, is_gold = windows["counted"][chosen, :size], windows["is_gold"][chosen]
    of_batch |= {"counted": is_labelled[..., -1:], "is_labelled": is_labelled * is_gold[:, None, None]}
    of_batch |= {"label_cues": windows["cues"][chosen], "to_see": windows["seen"][chosen, :, :size]}
    if draw is not None:
        of_batch = altered(of_batch, windows["kinds"], draw)
    of_batch["is_token"] = of_batch["counted"][..., 0].astype(np.float32)
    return {name: jnp.asarray(values) for name, values in of_batch.items()}


def steps(windows: Params, learned: NDArray[np.int_], draw: np.random.Generator) -> Iterator[NDArray[np.int_]]:
    """Yield the windows of each step, endlessly; windows of a step are of about the same length."""
    size = (windows["pieces"] > 0).sum(1)
    while True:
        drawn = draw.permutation(learned)
        drawn = drawn[: len(drawn) // _BATCH * _BATCH]
        groups = [drawn[first : first + _BATCH * _GROUP] for first in range(0, len(drawn), _BATCH * _GROUP)]
        alike = np.concatenate([group[np.argsort(size[group], kind="stable")] for group in groups])
        yield from draw.permutation(alike.reshape(-1, _BATCH))


def train(
    student: Params, windows: Params, left_out: Sequence[str], *, n_steps: int, rate: float, seed: int
) -> Iterator[Params]:
    """Yield the running mean of the student's weights every `_OFTEN` steps and after the last one.

    Prints its loss on the outlets left out.
    """
    is_left_out, draw = np.isin(windows["outlet"], left_out), np.random.default_rng(seed)
    centre, directions = directions_of(windows)
    heads = {name.removeprefix("heads."): jnp.asarray(windows[name]) for name in windows if name.startswith("heads.")}
    teacher: Params = {"heads": heads, "mean": centre, "directions": directions}
    left = draw.permutation(np.flatnonzero(is_left_out))[: _CHECKED * _BATCH]
    checked = [left[first : first + _BATCH] for first in range(0, len(left), _BATCH)]
    schedule = optax.warmup_cosine_decay_schedule(0.0, rate, max(1, int(_WARM * n_steps)), n_steps, 0.02 * rate)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, b2=0.98, weight_decay=_DECAY))

    @jax.jit
    def step(
        student: Params, mean: Params, state: optax.OptState, batch: Batch
    ) -> tuple[Params, Params, optax.OptState, jax.Array]:
        learnable = with_targets(batch, teacher)
        value, gradient = jax.value_and_grad(lambda student: losses(student, learnable).sum())(student)
        update, state = optimizer.update(gradient, state, student)
        student = optax.apply_updates(student, update)
        return student, optax.incremental_update(student, mean, 1 - _KEPT_OF_MEAN), state, value

    check = jax.jit(lambda student, batch: losses(student, with_targets(batch, teacher)))
    mean, state, values, begin = student, optimizer.init(student), [], time.process_time()
    chosen = steps(windows, np.flatnonzero(~is_left_out), draw)
    for number in range(1, n_steps + 1):
        student, mean, state, value = step(student, mean, state, batch_of(windows, next(chosen), draw))
        values.append(value)
        if number % _OFTEN == 0 or number == n_steps:
            of_labels = np.mean([check(mean, batch_of(windows, numbers)) for numbers in checked], 0)
            seconds, lately = time.process_time() - begin, float(np.mean(values[-_OFTEN:]))
            print(f"step {number}, {seconds:.0f} s: {lately:.4f}, left out {of_labels.sum():.4f}", of_labels.round(3))
            yield mean


def tensors_of(student: Params) -> dict[str, NDArray[np.float32]]:
    """Return a student under the names of a checkpoint."""
    flat = {f"{number}.{name}": of[name] for number, of in enumerate(student["layers"]) for name in of}
    flat |= {f"{part}.{name}": values for part in ("heads", "like") for name, values in student[part].items()}
    return {name: np.asarray(values) for name, values in (flat | student["embeddings"]).items()}


def main() -> None:
    """Learn from the windows of all outlets but those left out, and write the student."""
    parser = argparse.ArgumentParser(prog="training.light", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--left-out", nargs="+", required=True, help="outlets not to learn from")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--steps", type=int, default=13_000)
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--seed", type=int, default=19)
    options = parser.parse_args()
    windows = dict(np.load(options.windows))
    student = new_student(windows, width=options.width, layers=options.layers, seed=options.seed)
    settings = {"n_steps": options.steps, "rate": options.rate, "seed": options.seed}
    for learned in train(student, windows, options.left_out, **settings):
        names = {name: windows[name] for name in ("tags", "dependencies")}
        np.savez(options.checkpoint, allow_pickle=False, **names, **tensors_of(learned))


if __name__ == "__main__":
    main()
