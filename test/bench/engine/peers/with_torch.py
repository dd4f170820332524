"""The workloads in PyTorch, eager, with fused Adam: the idiom and the settings that are fastest on a CPU."""

import math
import os

import numpy as np
import torch
import torch.nn.functional as F
from protocol import Arrays, serve
from torch import Tensor

torch.set_num_threads(min(os.cpu_count() or 1, 8))
torch.set_flush_denormal(True)


def affine(x: Tensor, p: list[Tensor]) -> Tensor:
    return torch.addmm(p[1], x, p[0])


def cross_entropy(logits: Tensor, x: Tensor) -> Tensor:
    return F.binary_cross_entropy_with_logits(logits, x, reduction="none")


def encode(p: list[Tensor], x: Tensor) -> tuple[Tensor, Tensor]:
    h = torch.tanh(affine(torch.tanh(affine(x, p)), p[2:]))
    return affine(h, p[4:]), affine(h, p[6:])


def decode(p: list[Tensor], z: Tensor) -> Tensor:
    return affine(torch.tanh(affine(torch.tanh(affine(z, p[8:])), p[10:])), p[12:])


def vae(p: list[Tensor], x: Tensor, noise: Tensor) -> Tensor:
    mean, log_variance = encode(p, x)
    z = mean + torch.exp(0.5 * log_variance) * noise
    kl = 0.5 * (mean * mean + log_variance.exp() - 1 - log_variance).sum(1)
    return (cross_entropy(decode(p, z), x).sum(1) + kl).mean()


def iwae(p: list[Tensor], x: Tensor, noise: Tensor) -> Tensor:
    k, latent = noise.shape[0], noise.shape[2]
    mean, log_variance = encode(p, x)
    z = mean + torch.exp(0.5 * log_variance) * noise
    log_q = -0.5 * (noise * noise + log_variance).sum(2)
    log_prior = -0.5 * (z * z).sum(2)
    logits = decode(p, z.reshape(-1, latent)).reshape(k, *x.shape)
    log_weights = -cross_entropy(logits, x.expand_as(logits)).sum(2) + log_prior - log_q
    return -(torch.logsumexp(log_weights, 0) - math.log(k)).mean()


degrees = np.arange(500) % 783
pixels = np.arange(784)
first_mask = torch.tensor((degrees >= pixels[:, None]).astype("f4"))
second_mask = torch.tensor((pixels > degrees[:, None]).astype("f4"))


def made(p: list[Tensor], x: Tensor, _: None) -> Tensor:
    h = torch.relu(affine(x, [p[0] * first_mask, p[1]]))
    return cross_entropy(affine(h, [p[2] * second_mask, p[3]]), x).sum(1).mean()


def causal(size: int, type: str) -> Tensor:
    seen = (size * size - 1) // 2 + (type == "B")
    return (torch.arange(size * size) < seen).float().reshape(1, 1, size, size)


masks = {7: causal(7, "A"), 3: causal(3, "B")}


def pixel_cnn(p: list[Tensor], x: Tensor, _: None) -> Tensor:
    h = x
    for i in range(0, len(p), 2):
        size = p[i].shape[-1]
        visible = p[i] * masks[size] if size in masks else p[i]
        h = F.conv2d(h, visible, p[i + 1], padding=size // 2)
        if i < len(p) - 2:
            h = torch.relu(h)
    return cross_entropy(h, x).sum((1, 2, 3)).mean()


def real_nvp(p: list[Tensor], x: Tensor, _: None) -> Tensor:
    still, moved = x[:, :1], x[:, 1:]
    log_determinant = torch.zeros(1)
    for i in range(0, len(p), 6):
        h = torch.relu(affine(torch.relu(affine(still, p[i:])), p[i + 2 :]))
        scale, shift = affine(h, p[i + 4 :]).split(1, 1)
        s = torch.tanh(scale)
        still, moved = moved * torch.exp(s) + shift, still
        log_determinant = log_determinant + s
    log_density = -0.5 * (still * still + moved * moved) - math.log(2 * math.pi)
    return -(log_density + log_determinant).mean()


def product(p: list[Tensor], _: Tensor, __: None) -> Tensor:
    return p[0] @ p[1]


losses = {"a": vae, "b": iwae, "c": made, "d": pixel_cnn, "e": real_nvp, "f": product}


def as_tensor(values: np.ndarray) -> Tensor:
    """Filters and images as PyTorch has them: channels before height and width."""
    tensor = torch.from_numpy(values.copy())
    return tensor if values.ndim < 4 else tensor.permute(3, 2, 0, 1).contiguous()


class Training:
    def __init__(self, letter: str, arrays: Arrays):
        self.loss = losses[letter]
        self.p = [as_tensor(values) for values in arrays.parameters]
        self.batch = torch.from_numpy(arrays.batch.copy())
        if letter == "d":
            self.batch = self.batch.permute(0, 3, 1, 2).contiguous()
        self.noise = None if arrays.noise is None else torch.from_numpy(arrays.noise.copy())
        self.optimizer = None
        if arrays.trained:
            for tensor in self.p:
                tensor.requires_grad_()
            self.optimizer = torch.optim.Adam(self.p, lr=1e-3, eps=1e-8, fused=True)

    def step(self) -> float:
        return self._step(None if self.noise is None else torch.randn(self.noise.shape))

    def step_with_given_noise(self) -> float:
        return self._step(self.noise)

    def _step(self, noise: Tensor | None) -> float:
        if self.optimizer is None:
            return self.loss(self.p, self.batch, noise).flatten()[0].item()
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.p, self.batch, noise)
        loss.backward()
        self.optimizer.step()
        return loss.item()


serve(torch.__version__, Training)
