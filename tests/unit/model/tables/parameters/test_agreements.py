"""Parameters of agreements: rows, names, shipped values."""

from __future__ import annotations

from sim.model.tables.parameters.agreements import AgreementParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names, value


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(AgreementParams, Params)
    check_values(AgreementParams)


def test_strength_is_kept_by_level() -> None:
    """One number for each level of the enum."""
    # Fails if levels are renamed or reordered.
    assert names(AgreementParams, Params, "agreement_strength") == [
        "agreement.strength.none",
        "agreement.strength.verbal",
        "agreement.strength.pause",
        "agreement.strength.signed",
        "agreement.strength.dormant",
    ]


def test_stronger_agreements_bind_more() -> None:
    """Nothing binds nobody, a text binds in full, a dormant one hardly."""
    # Fails if two levels swap values.
    levels = ("none", "dormant", "verbal", "pause", "signed")

    check_rising(*(f"agreement.strength.{level}" for level in levels))
    assert (value("agreement.strength.none"), value("agreement.strength.signed")) == (0.0, 1.0)


def test_prolonging_is_the_default() -> None:
    """Neither strain nor a threat alone outweighs the preference for a pause."""
    # Fails if a pause lapses by default.
    assert value("truce.expiry.default") > value("truce.expiry.strain") > 0.0
    assert value("truce.expiry.default") > value("truce.expiry.threat") > 0.0
