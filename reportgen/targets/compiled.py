"""Templates' bytecode in, the same in a later build out: to compile them takes longer than to set a page with them."""

from __future__ import annotations

from base64 import b64decode, b64encode

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from reportgen.rebuild.digest import digest
from reportgen.rebuild.kept import KeptTexts


class CompiledTemplates(BytecodeCache):
    """What Jinja asks before it compiles."""

    def __init__(self, texts: KeptTexts, program: str) -> None:
        self._texts = texts
        self._program = program
        """Differs once our filters, Jinja or Python do: bytecode holds what they made of constants."""

    def load_bytecode(self, bucket: Bucket) -> None:
        text = self._texts.get(self._key(bucket))
        if text is not None:
            bucket.bytecode_from_string(b64decode(text))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._texts.put(self._key(bucket), b64encode(bucket.bytecode_to_string()).decode("ascii"))

    def _key(self, bucket: Bucket) -> str:
        return digest((self._program, bucket.key, bucket.checksum))
