"""Groups by name: embedded, listed somewhere or known in general, and the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mapper.events import groups as listed


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path))
    listed.groups.cache_clear()
    listed._pattern.cache_clear()
    yield
    listed.groups.cache_clear()
    listed._pattern.cache_clear()


def named(phrase: str) -> str | None:
    group = listed.group_in(phrase)
    return group.name if group is not None else None


def test_known_by_name_and_by_abbreviation_in_capitals() -> None:
    assert named("fighters of Boko Haram") == "Boko Haram"
    assert named("an AQIM commander") == "Al-Qaeda in the Islamic Maghreb"
    assert named("an eta of noon") is None


def test_lists_are_named_with_the_day_of_listing() -> None:
    haram = listed.group_in("Boko Haram")
    assert haram is not None
    assert haram.listed == ("FTO 2013-11-14", "UN 2014-05-22")
    assert all(entry.split()[0] in {"FTO", "UN"} for group in listed.groups().values() for entry in group.listed)


def test_own_groups_are_added_and_win(tmp_path: Path) -> None:
    listed.own_groups().write_text(
        'group = [{ name = "Red Scarves", kind = "militia", country = "ML", alias = ["Scarves"] },\n'
        '{ name = "Hamas", kind = "igo" }]\n',
        encoding="utf-8",
    )
    assert named("men of the Red Scarves") == "Red Scarves"
    hamas = listed.group_in("Hamas")
    assert hamas is not None
    assert (hamas.kind, hamas.country) == ("igo", None)
    assert named("Boko Haram") == "Boko Haram"


@pytest.mark.parametrize("text", ["group = [", 'group = [{ name = "X", kind = "club" }]', 'group = [{ kind = "ngo" }]'])
def test_a_broken_file_of_ones_own_is_named(text: str) -> None:
    listed.own_groups().write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"groups\.toml"):
        listed.groups()
