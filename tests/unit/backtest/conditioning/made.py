"""A posterior that was never fitted, for tests of what is made of one."""

from __future__ import annotations

import numpy as np

from sim.backtest.conditioning.channels import CHANNELS
from sim.backtest.conditioning.fitting import Fitted, Learned
from sim.backtest.conditioning.laplace import Mode
from sim.backtest.conditioning.smc import Cloud
from sim.scenario.posterior import Posterior

NAMES = ("us.rate.hike", "cn.reply.control_probability")


def fitted(until: int, *, converged: bool = True) -> Fitted:
    """A posterior of two parameters, of which the record tells about the first."""
    rows = tuple((5.0 + 0.1 * k, 0.01 * k) for k in range(60))
    acts = np.arange(1.0, len(CHANNELS) + 1.0)
    return Fitted(
        Posterior(NAMES, rows, until, "0123456789abcdef", "fedcba987654"),
        (
            Learned(NAMES[0], 10.0, (5.18, 19.3), 7.95, (5.3, 10.6), 0.5),
            Learned(NAMES[1], 0.3, (0.01, 0.6), 0.295, (0.03, 0.56), 0.95),
        ),
        Mode(np.zeros(2), np.eye(2), -12.5, converged),
        Cloud(np.zeros((60, 2)), (0.4, 1.0), (30.0, 41.5), (0.25, 0.31), 17, 1.13),
        acts,
        acts + 0.25,
        acts + 0.125,
        34.6,
    )
