"""Servers with people in them; each server has an article of its own with a word of its own."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

from tests.e2e.world import World, index
from tests.fakediscord import Actor, Outcome
from tests.fakediscord.model import Channel, Guild

SERVERS = 20
PEOPLE = 50

_ENDS = "varn sten holm mar lund fors dal vik rud borg".split()
_STARTS = "quil xyl zeph torn brim".split()
_SIDES = "north south".split()


@dataclass(frozen=True)
class Hall:
    """A server, its channel, the one who may index there, and the word that only it knows."""

    guild: Guild
    channel: Channel
    chief: Actor
    word: str

    @property
    def question(self) -> str:
        return f"What is the code word of {self.guild.name}?"


@dataclass
class Person:
    """Somebody in a hall. `shown` is the last answer with buttons that the bot gave to him or her.

    `asked` numbers the questions, so that those that are to be answered anew are not remembered.
    """

    name: str
    actor: Actor
    hall: Hall
    chance: random.Random
    shown: Outcome | None = None
    asked: int = field(default=0)


@dataclass(frozen=True)
class Town:
    """All halls, and all people in turn over them."""

    world: World
    halls: list[Hall]
    people: list[Person]

    @property
    def words(self) -> set[str]:
        return {hall.word for hall in self.halls}


async def settle(world: World) -> Town:
    """Have the servers join, and each index its article."""
    halls = await asyncio.gather(*(_hall(world, number) for number in range(SERVERS)))
    return Town(world, halls, [_person(halls[n % SERVERS], n) for n in range(PEOPLE)])


async def _hall(world: World, number: int) -> Hall:
    start, end, side = number // 2 % 5, number // 2, number % 2
    name = f"{_STARTS[start]}{_ENDS[end % 10]} {_SIDES[side]}".title()
    word = f"{_ENDS[number % 10]}{_STARTS[number // 4 % 5]}{number:02}"
    guild = world.fd.add_guild(name)
    channel = guild.add_channel("hall")
    chief = guild.add_member(f"Chief of {name}", permissions="manage_guild")
    text = f"The code word of {name} is {word}, its council agreed on Monday."
    await index(world, chief, channel, f"Council of {name}", text)
    return Hall(guild, channel, chief, word)


def _person(hall: Hall, number: int) -> Person:
    name = f"Person {number}"
    return Person(name, hall.guild.add_member(name), hall, random.Random(number))
