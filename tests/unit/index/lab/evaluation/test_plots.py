from PIL import Image

from index.lab.evaluation import plots
from index.lab.evaluation.systems import SYSTEMS
from tests.unit.index.lab.evaluation.given import report


def test_two_pictures_are_written_on_white(tmp_path):
    folder = tmp_path / "docs" / "plots"
    paths = plots.draw([report("town"), report("sky")], folder)
    assert paths == (folder / "risk_coverage.png", folder / "calibration.png")
    for path in paths:
        with Image.open(path) as picture:
            assert picture.width > picture.height > 400
            pixels = picture.convert("RGBA")
        assert {pixels.getpixel(corner) for corner in ((0, 0), (0, pixels.height - 1))} == {
            (255, 255, 255, 255)
        }


def test_no_two_systems_share_a_colour_a_stroke_or_a_mark():
    looks = [plots.LOOKS[system] for system in SYSTEMS]
    for kind in ("color", "linestyle", "marker"):
        assert len({look[kind] for look in looks}) == len(SYSTEMS)
