"""Tiny, randomly initialised models with their tokenizers: real to every library, trained on nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.marian import save_marian

LINES = [
    "정부는 오늘 새 예산안을 발표했다.", "비가 내려 경기가 늦게 시작됐다.", "두 장관은 도쿄에서 만났다.", "물가가 석 달째 올랐다.",
    "The government announced a new budget today.", "Rain delayed the game.", "The two ministers met in Tokyo.",
    "Prices rose for a third month.", "The foreign ministers met in Seoul on Nov. 22.", "외교장관들이 11월 22일 서울에서 만났다.",
]  # fmt: skip


def save_tiny_marian(folder: Path) -> None:
    """A Marian of 2 layers, weights spread enough for outputs that differ."""
    save_marian(folder, LINES * 20, size=64, layers=2, vocabulary=98, spread=0.3)


def save_plain(folder: Path, decoder_only: bool) -> None:
    """A model that CTranslate2 is not used for, words as its vocabulary: a Pegasus-like encoder-decoder, or a GPT-2."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast, ProphetNetConfig, ProphetNetForConditionalGeneration

    words = sorted({w for line in LINES for w in line.split()} | {"Korean:", "English:", "Terms:", "="})
    vocabulary = {w: i for i, w in enumerate(["<pad>", "</s>", "<unk>", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    ).save_pretrained(str(folder))
    torch.manual_seed(11)
    if decoder_only:
        config = GPT2Config(vocab_size=len(vocabulary), n_embd=32, n_layer=2, n_head=2, n_positions=256, bos_token_id=1, eos_token_id=1, pad_token_id=0, initializer_range=0.5)
        GPT2LMHeadModel(config).save_pretrained(str(folder))
        return
    config = ProphetNetConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_encoder_layers=2, num_decoder_layers=2, num_encoder_attention_heads=2,
        num_decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=256, bos_token_id=1,
        eos_token_id=1, pad_token_id=0, decoder_start_token_id=1, init_std=0.5,
    )  # fmt: skip
    ProphetNetForConditionalGeneration(config).save_pretrained(str(folder))


def qwen2_pieces() -> tuple[list[str], list[str]]:
    """(vocabulary, merges) of a byte-level BPE: 256 bytes, what a few rounds of merging in LINES make, the marks of a turn."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(LINES * 20, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    pieces = sorted(learned["vocab"], key=learned["vocab"].__getitem__)
    return [*pieces, "ĊĊ", "<|endoftext|>", "<|im_start|>", "<|im_end|>"], [" ".join(pair) for pair in learned["merges"]]


def save_qwen2(path: Path) -> Any:
    """A Qwen 2 of 2 layers as GGUF with its vocabulary; returns the same model in transformers."""
    import gguf
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    pieces, merges = qwen2_pieces()
    torch.manual_seed(13)
    model = Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=len(pieces), hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=2, rms_norm_eps=1e-6, tie_word_embeddings=True, initializer_range=0.2,
            rope_parameters={"rope_type": "default", "rope_theta": 1e6},
        )
    ).eval()  # fmt: skip
    for name, parameter in model.named_parameters():
        if name.endswith("bias") or "norm" in name:
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_block_count(2)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(pieces)
    writer.add_token_merges(merges)
    writer.add_eos_token_id(pieces.index("<|im_end|>"))
    names = {
        "model.embed_tokens.": "token_embd.", "model.norm.": "output_norm.", "model.layers.": "blk.", "self_attn.q_proj": "attn_q",
        "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
    }  # fmt: skip
    for name, parameter in model.named_parameters():
        for transformers_name, gguf_name in names.items():
            name = name.replace(transformers_name, gguf_name)
        writer.add_tensor(name, parameter.detach().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return model
