"""Dataclasses whose methods are compiled late are those that Python makes otherwise."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from reportgen.late_methods import WRITER


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    left: int
    right: tuple[int, ...] = ()
    unseen: str = field(default="", compare=False)


@dataclass(slots=True)
class Counter:
    self: int
    """A name that a method has too."""
    named: list[str] = field(default_factory=list)
    doubled: int = field(init=False)

    def __post_init__(self) -> None:
        self.doubled = 2 * len(self.named)


@dataclass(frozen=True, slots=True)
class Longer(Pair):
    more: str = "more"


def test_values_compare_print_copy_and_stay_as_they_are() -> None:
    one, other = Pair(1, (2,), unseen="a"), Pair(1, right=(2,), unseen="b")
    assert one == other
    assert hash(one) == hash(other)
    assert one != Pair(1)
    assert Pair(1) < one
    assert repr(one) == repr(one) == "Pair(left=1, right=(2,), unseen='a')"
    assert replace(one, left=3) == Pair(3, (2,))
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(FrozenInstanceError):
        one.left = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.left  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'left'"):
        Pair()  # type: ignore[call-arg]
    match one:
        case Pair(left, (right,)):
            assert (left, right) == (1, 2)
        case _:
            pytest.fail("it has other parts")


def test_a_class_after_another_has_its_own_methods() -> None:
    longer = Longer(1, (2,))
    assert longer == Longer(1, (2,), more="more")
    assert longer != Pair(1, (2,))
    assert longer.more == "more"
    counted = Counter(self=5, named=["a"])
    assert (counted.self, counted.doubled) == (5, 2)
    assert counted == Counter(5, ["a"])
    assert Counter.__init__.__qualname__ == "Counter.__init__"


@pytest.mark.skipif(not hasattr(dataclasses, WRITER), reason="this Python compiles the methods of a class at once")
def test_a_started_program_compiles_what_it_calls() -> None:
    """Else its import would take half as long again."""
    told = (
        "import sys; sys.argv = ['reportgen', '--version']\n"
        "import reportgen.__main__ as started\n"
        "try: started.main()\n"
        "except SystemExit: pass\n"
        "from reportgen.diagnostics import Span\n"
        "before = Span.__init__\n"
        "Span('a', 1, 1, 1, 2)\n"
        "assert Span.__init__ is not before\n"
        "assert Span.__eq__.__code__.co_varnames[:3] == ('self', 'given', 'named')\n"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
