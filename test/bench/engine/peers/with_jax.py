"""The workloads in JAX: the whole step, with its noise and with Adam, is one compiled function."""

import math

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from protocol import Arrays, serve


def affine(x: Array, p: list[Array]) -> Array:
    return x @ p[0] + p[1]


def cross_entropy(logits: Array, x: Array) -> Array:
    return jax.nn.softplus(logits) - x * logits


def encode(p: list[Array], x: Array) -> tuple[Array, Array]:
    h = jnp.tanh(affine(jnp.tanh(affine(x, p)), p[2:]))
    return affine(h, p[4:]), affine(h, p[6:])


def decode(p: list[Array], z: Array) -> Array:
    return affine(jnp.tanh(affine(jnp.tanh(affine(z, p[8:])), p[10:])), p[12:])


def vae(p: list[Array], x: Array, noise: Array) -> Array:
    mean, log_variance = encode(p, x)
    z = mean + jnp.exp(0.5 * log_variance) * noise
    kl = 0.5 * (mean * mean + jnp.exp(log_variance) - 1 - log_variance).sum(1)
    return (cross_entropy(decode(p, z), x).sum(1) + kl).mean()


def iwae(p: list[Array], x: Array, noise: Array) -> Array:
    k, latent = noise.shape[0], noise.shape[2]
    mean, log_variance = encode(p, x)
    z = mean + jnp.exp(0.5 * log_variance) * noise
    log_q = -0.5 * (noise * noise + log_variance).sum(2)
    log_prior = -0.5 * (z * z).sum(2)
    logits = decode(p, z.reshape(-1, latent)).reshape(k, *x.shape)
    log_weights = -cross_entropy(logits, x).sum(2) + log_prior - log_q
    return -(jax.scipy.special.logsumexp(log_weights, axis=0) - math.log(k)).mean()


degrees = np.arange(500) % 783
pixels = np.arange(784)
first_mask = (degrees >= pixels[:, None]).astype("f4")
second_mask = (pixels > degrees[:, None]).astype("f4")


def made(p: list[Array], x: Array, _: None) -> Array:
    h = jax.nn.relu(affine(x, [p[0] * first_mask, p[1]]))
    return cross_entropy(affine(h, [p[2] * second_mask, p[3]]), x).sum(1).mean()


def causal(size: int, type: str) -> np.ndarray:
    seen = (size * size - 1) // 2 + (type == "B")
    return (np.arange(size * size) < seen).astype("f4").reshape(size, size, 1, 1)


masks = {7: causal(7, "A"), 3: causal(3, "B")}


def pixel_cnn(p: list[Array], x: Array, _: None) -> Array:
    h = x
    for i in range(0, len(p), 2):
        size = p[i].shape[0]
        visible = p[i] * masks[size] if size in masks else p[i]
        axes = ("NHWC", "HWIO", "NHWC")
        h = jax.lax.conv_general_dilated(h, visible, (1, 1), "SAME", dimension_numbers=axes)
        h = h + p[i + 1]
        if i < len(p) - 2:
            h = jax.nn.relu(h)
    return cross_entropy(h, x).sum((1, 2, 3)).mean()


def real_nvp(p: list[Array], x: Array, _: None) -> Array:
    still, moved = x[:, :1], x[:, 1:]
    log_determinant = 0.0
    for i in range(0, len(p), 6):
        h = jax.nn.relu(affine(jax.nn.relu(affine(still, p[i:])), p[i + 2 :]))
        both = affine(h, p[i + 4 :])
        scale, shift = both[:, :1], both[:, 1:]
        s = jnp.tanh(scale)
        still, moved = moved * jnp.exp(s) + shift, still
        log_determinant = log_determinant + s
    log_density = -0.5 * (still * still + moved * moved) - math.log(2 * math.pi)
    return -(log_density + log_determinant).mean()


def product(p: list[Array], _: Array, __: None) -> Array:
    return p[0] @ p[1]


losses = {"a": vae, "b": iwae, "c": made, "d": pixel_cnn, "e": real_nvp, "f": product}

RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8


def adam(p: Array, m: Array, v: Array, gradient: Array, t: Array) -> tuple[Array, Array, Array]:
    m = BETA1 * m + (1 - BETA1) * gradient
    v = BETA2 * v + (1 - BETA2) * gradient * gradient
    step = RATE * (m / (1 - BETA1**t)) / (jnp.sqrt(v / (1 - BETA2**t)) + EPSILON)
    return p - step, m, v


class Training:
    def __init__(self, letter: str, arrays: Arrays):
        p = [jnp.asarray(values) for values in arrays.parameters]
        self.state = (p, [jnp.zeros_like(q) for q in p], [jnp.zeros_like(q) for q in p], jnp.float32(0))
        self.batch = jnp.asarray(arrays.batch)
        self.noise = None if arrays.noise is None else jnp.asarray(arrays.noise)
        self.key = jax.random.key(1)
        self.trained = arrays.trained
        loss = losses[letter]

        def update(state, x, noise):
            p, m, v, t = state
            value, gradients = jax.value_and_grad(loss)(p, x, noise)
            t = t + 1
            updated = [adam(*each, t) for each in zip(p, m, v, gradients, strict=True)]
            return value, (*map(list, zip(*updated, strict=True)), t)

        def drawn(state, x, key):
            key, own = jax.random.split(key)
            noise = None if arrays.noise is None else jax.random.normal(own, arrays.noise.shape)
            return *update(state, x, noise), key

        self.value = jax.jit(loss)
        self.given = jax.jit(update, donate_argnums=0)
        self.drawn = jax.jit(drawn, donate_argnums=(0, 2))

    def step(self) -> float:
        if not self.trained:
            return self._product()
        value, self.state, self.key = self.drawn(self.state, self.batch, self.key)
        jax.block_until_ready(self.state)
        return float(value)

    def step_with_given_noise(self) -> float:
        if not self.trained:
            return self._product()
        value, self.state = self.given(self.state, self.batch, self.noise)
        jax.block_until_ready(self.state)
        return float(value)

    def _product(self) -> float:
        matrix = self.value(self.state[0], self.batch, None).block_until_ready()
        return float(np.asarray(matrix)[0, 0])


serve(jax.__version__, Training)
