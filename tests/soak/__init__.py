"""Reliability with figures: `make soak`, or a few rounds of each check in the suite.

A check is a module of `tests.soak.checks`; see `tests.soak.check`.
"""
