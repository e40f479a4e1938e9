import pytest

from tests.soak.simulation import faults


class Gateway:
    """Notes what was done to it; the bot is back at once, or never."""

    def __init__(self, fd) -> None:
        self.fd, self.connects, self.done, self.back = fd, 1, [], True

    def __getattr__(self, name):
        def record(*given, **more):
            self.done.append((name, *given, *more.values()))
            if self.back:
                self.connects += 1
                self.fd.sessions = {"new": object()}

        return record


class Discord:
    def __init__(self) -> None:
        self.sessions = {"old": object()}
        self.gateway = Gateway(self)


def test_half_of_the_disconnections_cannot_be_resumed():
    lost = [how for how, _ in faults.GATEWAY_FAULTS if "not resumable" in how or how == "4009"]
    assert len(lost) * 2 == len(faults.GATEWAY_FAULTS)


@pytest.mark.parametrize("number", range(len(faults.GATEWAY_FAULTS)))
async def test_the_bot_is_waited_for(number, monkeypatch):
    monkeypatch.setattr(faults, "BACK_SECONDS", 0.1)
    fd = Discord()
    fd.gateway.back = False
    with pytest.raises(TimeoutError):
        await faults.disconnect(fd, number)
    assert len(fd.gateway.done) == 1
