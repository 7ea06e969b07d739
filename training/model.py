"""The base as a compact trainable module: frozen matrices, trainable low-rank changes and norms.

The same computation as transformers' ``Gemma3ForCausalLM`` (checked by ``tests/training``), written out so that it
compiles, runs in bfloat16 on a CPU with AMX or on one GPU, and keeps the trained change in its shipped form:
``W = W0 + B @ A`` for every matrix, the embedding (= output head) included, and norm weights in full.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from translate.engines.adapter import read_adapter
from translate.engines.base_weights import ARCHITECTURE, EMBEDDING, FINAL_NORM, Architecture


def quick_dtype() -> torch.dtype:
    """bfloat16 where the machine multiplies in it (a GPU, a CPU with AMX or AVX-512 BF16), else float32."""
    flags = set(Path("/proc/cpuinfo").read_text().split()) if Path("/proc/cpuinfo").exists() else set()
    quick = torch.cuda.is_available() or flags & {"amx_bf16", "avx512_bf16"}
    return torch.bfloat16 if quick else torch.float32


class LowRankLinear(nn.Module):
    """``y = x W0ᵀ + (x Aᵀ) Bᵀ``: W0 [out, in] frozen, A [rank, in] and B [out, rank] trained."""

    def __init__(self, weight: Tensor, rank: int, dtype: torch.dtype) -> None:
        super().__init__()
        out, inner = weight.shape
        self.register_buffer("weight", weight.to(dtype), persistent=False)
        self.A = nn.Parameter(torch.randn(rank, inner) / math.sqrt(inner))
        self.B = nn.Parameter(torch.zeros(out, rank))

    def forward(self, x: Tensor) -> Tensor:
        low = F.linear(F.linear(x, self.A.to(x.dtype)), self.B.to(x.dtype))
        return F.linear(x, self.weight) + low


def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    """RMSNorm with Gemma's ``1 + weight``, in float32; x [..., size]."""
    y = x.float()
    y = y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + eps)
    return (y * (1.0 + weight)).to(x.dtype)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary position embedding (half-split form); x [batch, heads, length, head_dim], cos/sin [length, head_dim]."""
    half = x.shape[-1] // 2
    turned = torch.cat((-x[..., half:], x[..., :half]), -1)
    return x * cos + turned * sin


def attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention with one key-value head; q [batch, heads, length, size], k and v [batch, 1, length, size].

    On a CPU two plain products over all heads at once (bfloat16 tiles) beat the fused kernel at sentence lengths.
    """
    n, heads, length, size = q.shape
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k.expand_as(q), v.expand_as(q), is_causal=True, scale=size**-0.5)
    scores = torch.bmm(q.reshape(n, heads * length, size), k[:, 0].transpose(1, 2))
    scores = scores.view(n, heads, length, length).float() * size**-0.5
    future = torch.ones(length, length, dtype=torch.bool, device=q.device).triu(1)
    shares = scores.masked_fill(future, float("-inf")).softmax(-1).to(v.dtype)
    return torch.bmm(shares.view(n, heads * length, length), v[:, 0]).view(n, heads, length, size)


class Block(nn.Module):
    """One Gemma 3 layer; hidden [batch, length, 640] in and out.  Causal; no window (sequences stay under 512)."""

    def __init__(self, state: dict[str, Tensor], prefix: str, rank: int, dtype: torch.dtype, arch: Architecture):
        super().__init__()
        self.arch = arch
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            setattr(self, name, LowRankLinear(state[f"{prefix}.self_attn.{name}.weight"], rank, dtype))
        for name in ("gate_proj", "up_proj", "down_proj"):
            setattr(self, name, LowRankLinear(state[f"{prefix}.mlp.{name}.weight"], rank, dtype))
        for name in (
            "input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm",
        ):
            setattr(self, name, nn.Parameter(state[f"{prefix}.{name}.weight"].float()))
        self.q_norm = nn.Parameter(state[f"{prefix}.self_attn.q_norm.weight"].float())
        self.k_norm = nn.Parameter(state[f"{prefix}.self_attn.k_norm.weight"].float())

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        a, eps = self.arch, self.arch.norm_eps
        n, length, _ = x.shape
        h = rms_norm(x, self.input_layernorm, eps)
        q = self.q_proj(h).view(n, length, a.heads, a.head_dim).transpose(1, 2)
        k = self.k_proj(h).view(n, length, a.kv_heads, a.head_dim).transpose(1, 2)
        v = self.v_proj(h).view(n, length, a.kv_heads, a.head_dim).transpose(1, 2)
        q = rotate(rms_norm(q, self.q_norm, eps), cos, sin)
        k = rotate(rms_norm(k, self.k_norm, eps), cos, sin)
        h = self.o_proj(attention(q, k, v).transpose(1, 2).reshape(n, length, -1))
        x = x + rms_norm(h, self.post_attention_layernorm, eps)
        h = rms_norm(x, self.pre_feedforward_layernorm, eps)
        h = self.down_proj(F.gelu(self.gate_proj(h), approximate="tanh") * self.up_proj(h))
        return x + rms_norm(h, self.post_feedforward_layernorm, eps)


class Translator(nn.Module):
    """The language model that translates: token ids [batch, length] to the loss of the target tokens."""

    def __init__(self, base: Path, rank: int, dtype: torch.dtype | None = None) -> None:
        super().__init__()
        state = load_file(str(base))
        dtype = dtype or quick_dtype()
        self.arch, self.rank, self.dtype = ARCHITECTURE, rank, dtype
        self.embedding = LowRankLinear(state[EMBEDDING], rank, dtype)
        self.blocks = nn.ModuleList(
            Block(state, f"model.layers.{i}", rank, dtype, self.arch) for i in range(self.arch.layers)
        )
        self.norm = nn.Parameter(state[FINAL_NORM].float())

    def tables(self, length: int, device: torch.device) -> dict[bool, tuple[Tensor, Tensor]]:
        """Rotary cosines and sines [length, head_dim] for global (True) and local (False) layers."""
        found = {}
        for wide, theta in ((True, self.arch.rotary_global), (False, self.arch.rotary_local)):
            inverse = theta ** (-torch.arange(0, self.arch.head_dim, 2, device=device).float() / self.arch.head_dim)
            angle = torch.outer(torch.arange(length, device=device).float(), inverse)
            angle = torch.cat((angle, angle), -1)
            found[wide] = angle.cos().to(self.dtype), angle.sin().to(self.dtype)
        return found

    def hidden(self, ids: Tensor) -> Tensor:
        """Final hidden states [batch, length, 640] of token ids [batch, length]."""
        e = self.embedding
        x = F.embedding(ids, e.weight) + F.embedding(ids, e.B.to(self.dtype)) @ e.A.to(self.dtype)
        x = x * math.sqrt(self.arch.hidden)
        tables = self.tables(ids.shape[1], ids.device)
        for i, block in enumerate(self.blocks):
            x = block(x, *tables[self.arch.is_global(i)])
        return rms_norm(x, self.norm, self.arch.norm_eps)

    def forward(self, ids: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy over labels [batch, length] that are not -100; labels[i, j] is the token at ids[i, j]."""
        hidden, labels = self.hidden(ids)[:, :-1], labels[:, 1:]
        keep = labels != -100
        return F.cross_entropy(self.embedding(hidden[keep]).float(), labels[keep])

    def compile_blocks(self) -> None:
        """Compile the layers and the loss (fused element-wise work; about a third faster on a CPU)."""
        for block in self.blocks:
            block.compile(dynamic=True)

    # -- the adapter ------------------------------------------------------------------------------------------

    def _names(self) -> dict[str, nn.Parameter]:
        names: dict[str, nn.Parameter] = {f"{FINAL_NORM}.full": self.norm}
        names[f"{EMBEDDING}.A"], names[f"{EMBEDDING}.B"] = self.embedding.A, self.embedding.B
        for i, block in enumerate(self.blocks):
            for name, p in block.named_parameters():
                module, _, leaf = name.rpartition(".")
                if not module:
                    group = "self_attn." if leaf in ("q_norm", "k_norm") else ""
                    names[f"model.layers.{i}.{group}{leaf}.weight.full"] = p
                else:
                    group = "mlp" if module in ("gate_proj", "up_proj", "down_proj") else "self_attn"
                    names[f"model.layers.{i}.{group}.{module}.weight.{leaf}"] = p
        return names

    def load_adapter(self, path: Path) -> None:
        """Take over the changes of an adapter file, 8-bit or float; a smaller rank is padded with random A and zero B."""
        saved = read_adapter(path)
        with torch.no_grad():
            for name, p in self._names().items():
                value = torch.from_numpy(saved[name])
                if name.endswith(".A"):
                    p[: value.shape[0]] = value
                elif name.endswith(".B"):
                    p[:, : value.shape[1]] = value
                else:
                    p.copy_(value)

    def load_tensors(self, saved: dict[str, Tensor]) -> None:
        """Take over tensors of the same rank, as ``adapter`` gives them."""
        with torch.no_grad():
            for name, p in self._names().items():
                p.copy_(saved[name])

    def adapter(self) -> dict[str, Tensor]:
        """The trained change as ``{name: float32 tensor on the CPU}``."""
        return {name: p.detach().float().cpu().clone() for name, p in self._names().items()}


def save_adapter(tensors: dict[str, Tensor], path: Path) -> None:
    """Write an adapter as float16 safetensors, through a temporary file."""
    temporary = path.with_suffix(".tmp")
    save_file({name: t.half().contiguous() for name, t in tensors.items()}, str(temporary))
    temporary.replace(path)
