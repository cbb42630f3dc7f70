"""The text of data files is that of the standard library."""

from __future__ import annotations

import json

from reportgen.exports.tables import json_bytes
from reportgen.model.evaluated import NumberKind


def test_the_text_is_that_of_the_standard_library() -> None:
    value = {
        "words": 'a "quote", a \\, a\nline, \u2028, \x00, ₸ and 🧮',
        "": [None, True, False, 0, -7, 1.5, 1e300, float("inf"), NumberKind.FACT],
        "empty": [{}, [], (), ""],
        "rows": [{"n": 1, "cells": ("a", ["b", {"c": None}])}, {"n": 2, "cells": []}],
    }
    for each in (value, [], {}, "words", None, 3, [value, value]):
        assert json_bytes(each).decode() == json.dumps(each, ensure_ascii=False, indent=1) + "\n"
