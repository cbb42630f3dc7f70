"""`colors` and `logo` of site.yaml in, a palette and a logo out; what is wrong with them told with the place."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from typing import Any

from reportgen.load.fields import WrongKeyError, a_or_an
from reportgen.load.items import Loading
from reportgen.load.pictures import picture_problem, svg_flaw
from reportgen.load.suggest import did_you_mean
from reportgen.load.yaml import Mapping, Scalar
from reportgen.model.look import LEAST, OURS, TEXTS, TOKENS, Logo, Palette, contrast
from reportgen.model.project import Settings

_SCHEMES = ("light", "dark")
_KINDS = (".svg", ".png", ".jpg", ".jpeg")


def a_palette(value: Any) -> Palette:
    """Colours by token, or such maps under `light` and `dark`. Raises WrongKeyError."""
    if not isinstance(value, Mapping):
        hint = 'for example {accent: "#7a1f3d"}'
        raise WrongKeyError(f"%KEY% must hold names of colours, and is {a_or_an(value)}", hint)
    parted = {name: part for name, part in value.items() if name in _SCHEMES}
    plain = {name: part for name, part in value.items() if name not in _SCHEMES}
    light = (*_colours(plain), *_colours(parted.get("light", Mapping())))
    return Palette(light, tuple(_colours(parted.get("dark", Mapping()))))


def _colours(value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, MappingOf):
        raise WrongKeyError(f"light and dark in %KEY% hold colours, and one is {a_or_an(value)}", "dark: {accent: …}")
    found = []
    for name, colour in value.items():
        if name not in TOKENS:
            hint = did_you_mean(name, TOKENS) or f"its names are {', '.join(TOKENS)}"
            raise WrongKeyError(f'%KEY% has no colour called "{name}"', hint, "unknown-key")
        found.append((str(name), _colour(str(name), colour)))
    return found


def _colour(name: str, value: Any) -> str:
    from tinycss2.color3 import parse_color

    read = parse_color(str(value)) if isinstance(value, Scalar) and value else None
    if read is None or isinstance(read, str) or read.alpha != 1:
        shown = f'"{value}"' if isinstance(value, Scalar) and value else a_or_an(value)
        if not value:
            shown = "empty: outside of quotes a # begins a comment"
        hint = f'for example {name}: "#7a1f3d", in quotes, or rgb(122, 31, 61), or a name of CSS'
        raise WrongKeyError(f'"{name}" in %KEY% must be a solid colour, and is {shown}', hint, "wrong-value")
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in read[:3])


def a_logo(value: Any) -> Logo:
    """A file of content/images/, or one for light and one for dark. Raises WrongKeyError."""
    if isinstance(value, Scalar):
        return Logo(_file(value))
    named = isinstance(value, Mapping) and "light" in value and set(value) <= set(_SCHEMES)
    if named and all(isinstance(part, Scalar) for part in value.values()):
        return Logo(_file(value["light"]), _file(value.get("dark", "")))
    hint = "for example logo.svg, or {light: logo.svg, dark: logo-dark.svg}"
    raise WrongKeyError("%KEY% must name a picture in content/images/, or one for light and one for dark", hint)


def _file(value: Any) -> str:
    return str(value).removeprefix("content/").removeprefix("images/")


def tell_look(loading: Loading, settings: Settings, images: MappingOf[str, bytes]) -> None:
    """Reports a logo that cannot be shown, and colours that cannot be read."""
    where = settings.at["logo"]
    for name in filter(None, (settings.logo.light, settings.logo.dark)):
        if name not in images:
            if ("image", name) not in loading.broken:
                hint = did_you_mean(name, list(images)) or "put the picture there, or write the name of one that is"
                loading.report("unknown-picture", f"there is no content/images/{name}, the logo", where, hint)
        elif not name.lower().endswith(_KINDS):
            message = f"a logo is an SVG, a PNG or a JPEG, and {name} is none by its name"
            loading.report("wrong-value", message, where, "export it as SVG")
        elif found := picture_problem(name, images[name]) or svg_flaw(name, images[name]):
            loading.report("wrong-value", f"the logo {name} cannot be shown: {found[0]}", where, found[1])
    for scheme in _SCHEMES:
        _tell_contrast(loading, settings, scheme)


def _tell_contrast(loading: Loading, settings: Settings, scheme: str) -> None:
    """What an author coloured is measured against the paper, texts against the panel too."""
    given = dict(settings.colors.dark if scheme == "dark" else settings.colors.light)
    used = {**OURS[scheme], **settings.colors.tokens(scheme)}
    for ground in ("paper", "panel"):
        for name, least in LEAST.items():
            if name not in used or not {name, ground} & set(given) or (ground == "panel" and name not in TEXTS):
                continue
            ratio = contrast(used[name], used[ground])
            if ratio < least:
                message = (
                    f'"{name}", {used[name]}, has a contrast of {ratio:.1f} to 1 with the {scheme} {ground}, '
                    f"{used[ground]}: it should have {least:g}"
                )
                hint = f"make one of them {'lighter' if scheme == 'dark' else 'darker'}, or another colour"
                loading.report("low-contrast", message, settings.at["colors"], hint, "warning")
