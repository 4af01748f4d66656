"""Dataclasses whose methods are compiled when they are called behave as others do."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import dataclass, replace

import pytest

from commission_app import late_methods


@dataclass(frozen=True, slots=True, kw_only=True)
class Early:
    name: str
    cents: int = 0


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> type[Early]:
    """A class like `Early` with late methods, known under its name."""
    if not late_methods.CAN_BE_LATE:
        pytest.skip("this Python compiles all methods of a class at once")
    monkeypatch.setattr(dataclasses, "_create_fn", dataclasses._create_fn)  # type: ignore[attr-defined]
    late_methods.compile_late()
    namespace = {
        "__doc__": "",
        "__module__": __name__,
        "__qualname__": "Early",
        "__annotations__": Early.__annotations__,
        "cents": 0,
    }
    made = dataclass(frozen=True, slots=True, kw_only=True)(type("Early", (), namespace))
    monkeypatch.setattr(inspect.getmodule(Early), "Early", made)
    return made


def test_methods_do_what_others_do(late: type[Early]) -> None:
    one, other = late(name="Ana", cents=5), late(name="Ana")
    assert [repr(one) for _ in range(2)] == ["Early(name='Ana', cents=5)"] * 2
    assert one != other and replace(one, cents=0) == other and hash(other) == hash(late(name="Ana"))
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == one
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'cents'"):
        one.cents = 6  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del one.name
    with pytest.raises(TypeError, match="unexpected keyword argument 'cent'"):
        late(name="Ana", cent=5)  # type: ignore[call-arg]


def test_method_is_the_usual_one_once_it_was_called(late: type[Early]) -> None:
    late(name="Ana")
    assert inspect.signature(late) == inspect.signature(Early)
    assert late.__init__.__qualname__ == Early.__init__.__qualname__


def test_class_below_another_has_its_own_methods(late: type[Early]) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Below(late):  # type: ignore[misc, valid-type]
        zone: str = "UTC"

    assert Below(name="Ana") == Below(name="Ana", zone="UTC") != Below(name="Ana", zone="Asia/Tokyo")
    assert late(name="Ana") == late(name="Ana") != Below(name="Ana")
