"""A language model of a few kilobytes that says one sentence, as files that transformers serves.

Nothing is trained: each word of the sentence is a token of its own, whose embedding is a direction
of its own, and the output layer answers each with the one that follows. Attention adds nothing.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

UNKNOWN, START, END = "<unk>", "<assistant>", "<end>"
TEMPLATE = (
    "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}" + START + "{% endif %}"
)
CONTEXT_TOKENS = 4_096


def build(folder: Path, sentence: str) -> None:
    """Save the model; the words of the sentence, its mark included, must all be different."""
    said = [START, *sentence.split(), END]
    assert len(set(said)) == len(said)
    vocabulary = {word: number for number, word in enumerate([UNKNOWN, *said])}
    _save_tokenizer(folder, vocabulary)
    _save_weights(folder, vocabulary, said)


def _save_tokenizer(folder: Path, vocabulary: dict[str, int]) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    words = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token=UNKNOWN, eos_token=END, pad_token=END
    )
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)


def _save_weights(folder: Path, vocabulary: dict[str, int], said: list[str]) -> None:
    import torch
    from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

    size = 32
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=size,
        intermediate_size=size,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT_TOKENS,
        tie_word_embeddings=False,
        bos_token_id=None,
        eos_token_id=vocabulary[END],
        pad_token_id=vocabulary[END],
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        model.model.norm.weight.fill_(1)
        for number in vocabulary.values():
            model.model.embed_tokens.weight[number, number] = 1
        for word, following in pairwise(said):
            model.lm_head.weight[vocabulary[following], vocabulary[word]] = 1
    model.generation_config = GenerationConfig(
        eos_token_id=vocabulary[END], pad_token_id=vocabulary[END], do_sample=False
    )
    model.save_pretrained(folder)
