"""A branch of a git repository as a place to publish to: one commit a publication, as ghp-import makes them.

Effects: runs git in a repository; with a remote, fetches from it and pushes to it. Nobody sees anything before the last
step, so that an interruption leaves the branch as it was. The working tree and the index are not touched.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.publish.targets import TargetError

MESSAGE = "Publish the site"


class Branch:
    """`branch` in the repository around `root`, and at `remote` if that is not empty. Raises TargetError."""

    is_switched = True

    def __init__(self, root: Path, branch: str, remote: str) -> None:
        self._root = root
        self._branch = branch
        self._remote = remote
        self._staged: dict[str, Path | bytes | None] = {}
        try:
            self._git("check-ref-format", "--branch", branch)
            if self._run("rev-parse", "--git-dir").returncode:
                raise TargetError("the project is in no git repository", "run git init, or publish to a folder")
        except FileNotFoundError:
            raise TargetError("git is not installed", None) from None
        current = self._git("symbolic-ref", "--quiet", "--short", "HEAD", fails=True).strip()
        if branch == current:
            hint = "a branch of its own, such as git:gh-pages, keeps the site apart from what it is made of"
            raise TargetError(f'"{branch}" is the branch that you work on', hint)
        self._tip = self._newest()

    def standing(self) -> frozenset[str]:
        if not self._tip:
            return frozenset()
        return frozenset(filter(None, self._git("ls-tree", "-r", "-z", "--name-only", self._tip).split("\0")))

    def read(self, path: str) -> bytes | None:
        if not self._tip:
            return None
        done = self._run("cat-file", "blob", f"{self._tip}:{path}")
        return done.stdout if done.returncode == 0 else None

    def put(self, path: str, local: Path) -> None:
        self._staged[path] = local

    def write(self, path: str, data: bytes) -> None:
        self._staged[path] = data

    def remove(self, path: str) -> None:
        self._staged[path] = None

    def finish(self) -> None:
        self._staged.setdefault(".nojekyll", b"")  # Else GitHub Pages leaves out what begins with an underscore.
        commit = self._commit()
        if self._remote:
            self._git("push", "--quiet", "--", self._remote, f"{commit}:refs/heads/{self._branch}")
        self._git("update-ref", f"refs/heads/{self._branch}", commit)

    def _newest(self) -> str:
        """The commit to go on from: the remote's, which is what readers see."""
        if self._remote:
            listed = self._git("ls-remote", "--", self._remote, f"refs/heads/{self._branch}").split()
            if listed:
                if self._run("cat-file", "-e", listed[0]).returncode:
                    # A clone without history, as CI makes them, needs none of the branch's either.
                    shallow = self._git("rev-parse", "--is-shallow-repository").strip() == "true"
                    self._git("fetch", "--quiet", *(["--depth=1"] if shallow else []), "--", self._remote, listed[0])
                return listed[0]
        return self._git("rev-parse", "--verify", "--quiet", f"refs/heads/{self._branch}", fails=True).strip()

    def _commit(self) -> str:
        with TemporaryDirectory(prefix="reportgen-publish-") as folder:
            own = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            if self._tip:
                self._git("read-tree", self._tip, more=own)
            self._git("update-index", "-z", "--index-info", given=self._entries(), more=own)
            tree = self._git("write-tree", more=own).strip()
        parent = ("-p", self._tip) if self._tip else ()
        return self._git("commit-tree", tree, *parent, "-m", MESSAGE, more=self._author()).strip()

    def _entries(self) -> bytes:
        local = {path: str(file) for path, file in self._staged.items() if isinstance(file, Path)}
        listed = "".join(f"{Path(file).resolve()}\n" for file in local.values()).encode()
        made = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed).split()
        blobs = dict(zip(local, made, strict=True))
        for path, data in self._staged.items():
            if isinstance(data, bytes):
                blobs[path] = self._git("hash-object", "-w", "--stdin", given=data).strip()
        entries = [f"100644 {sha}\t{path}" for path, sha in blobs.items()]
        none = "0" * len(self._git("hash-object", "--stdin").strip())  # 40, or 64 in a repository of SHA-256
        entries += [f"0 {none}\t{path}" for path, data in self._staged.items() if data is None]
        return "".join(f"{entry}\0" for entry in entries).encode()

    def _author(self) -> dict[str, str]:
        """Environment for the commit's author: empty where git has an address configured, else reportgen."""
        if self._git("config", "user.email", fails=True).strip():
            return {}
        who = {"NAME": "reportgen", "EMAIL": "reportgen@localhost"}
        names = [f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in who]
        return {name: who[name.rpartition("_")[2]] for name in names if name not in os.environ}

    def _git(self, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None, fails: bool = False) -> str:
        done = self._run(*words, given=given, more=more)
        if done.returncode and not fails:
            raise TargetError(f"git {words[0]}: {_said(done.stderr.decode(errors='replace'))}", None)
        return done.stdout.decode("utf-8", "surrogateescape")

    def _run(
        self, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", **(more or {})}
        return subprocess.run(
            ["git", *words], cwd=self._root, input=given, capture_output=True, env=environment, check=False
        )


def _said(words: str) -> str:
    """The line of git's messages that names the error."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:", "remote:"))]
    return (told or lines or ["failed"])[0].removeprefix("fatal: ").removeprefix("error: ")
