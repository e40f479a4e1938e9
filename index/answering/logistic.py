"""Logistic regression over named signals: weights in, probability out."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

S = TypeVar("S", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Logistic(Generic[S]):
    """`weights` has one weight for each signal of the same name."""

    weights: S
    bias: float

    def logit(self, seen: S) -> float:
        """The log odds."""
        pairs = zip(astuple(self.weights), astuple(seen), strict=True)
        return self.bias + math.fsum(weight * value for weight, value in pairs)

    def probability(self, seen: S) -> float:
        """The probability (0 to 1)."""
        return (1 + math.tanh(self.logit(seen) / 2)) / 2  # the logistic function, without overflow
