"""The user's own names win over everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.errors import OwnNamesError


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path))
    return tmp_path / "names.csv"


def test_own_places_and_aliases_win(names: Path) -> None:
    names.write_text(
        "name,lat,lon,id,aliases,country,code\n"
        'Camp Alpha,16.25,0.01,,"Alpha Base|Paris",ML,S.INSM\n'
        "The Pearl,,,geonames:2449067,Perle du désert,,\n",
        encoding="utf-8",
    )
    with Gazetteer.open() as places:
        best = places.candidates("camp alpha")[0]
        assert (best.place.id, best.place.feature_code, best.match) == ("user:camp-alpha", "INSM", "folded")
        assert places.candidates("Paris")[0].place.id == "user:camp-alpha"
        assert places.candidates("Paris")[1].place.country_code == "FR"
        assert places.candidates("Perle du désert")[0].place.name == "Timbuktu"
        assert places.known(["alpha base", "pearl"]) == {"alpha base", "pearl"}
        assert places.place("user:camp-alpha") == best.place
        assert places.footprint("user:camp-alpha").geom_type == "Point"
        assert places.parents("user:camp-alpha")[0].name == "Mali"
        assert places.within("user:camp-alpha", places.country("ML").id)
        assert {name.name for name in places.names("user:camp-alpha")} == {"Camp Alpha", "Alpha Base", "Paris"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("name,lat,lon\nX,95,0\n", ":2: X: 95, 0 is not"),
        ("name,lat,lon\nX,,\n", ":2: X: neither"),
        ("name,lat,lon\n,1,1\n", ":2: no name"),
        ("name,id\nX,geonames:999999999\n", ":2: no place"),
        ("place,lat\nX,1\n", ":1: columns are"),
        ("name,lat,lon,code\nX,1,1,camp\n", ":2: X: 'camp' is not"),
        ("name,lat,lon\nX,nan,1\n", ":2: X: nan"),
    ],
)
def test_mistakes_are_named_with_their_line(names: Path, content: str, reason: str) -> None:
    names.write_text(content, encoding="utf-8")
    with pytest.raises(OwnNamesError) as caught:
        Gazetteer.open()
    assert f"names.csv{reason}" in str(caught.value)
