"""What a program shows besides text: figures, pictures, tables, and what values tell of themselves.

Called in the worker when the program has ended, on values the program made: whatever is called here
may raise, loop, or return anything. So every size is bounded, an alarm ends what loops, and a
failure is a note that takes nothing else with it. Whoever reads the answer trusts none of it.

Pictures become files: whole in the directory a run starts in, artifacts like any other, and as a
preview that fits a result in PREVIEWS. Everything else goes into the answer: a list of JSON
objects, each of one `kind`: picture, table, text or note.

No name is put into the program's namespace. `plt.show()` shows the open figures and closes them, as
in a notebook; `display()` works for a program that imports it from IPython.display.
"""

import io
import json
import math
import os
import signal
import sys
from importlib.machinery import PathFinder

SECONDS = 10  # for all that is shown at a program's end
ITEMS = 64  # shown by one run
ANSWER_BYTES = 250_000  # of JSON, all items together; the host takes 256 KiB
TEXT_CHARACTERS = 20_000  # of a text; a longer one becomes a file
NOTE_CHARACTERS = 300
PREVIEW_BYTES = 750_000  # a million as base64
PIXELS = 16_000_000  # of a picture drawn here: 64 MB while it is drawn
SIDE_PIXELS = 30_000  # matplotlib refuses more than 65,535
ROWS, COLUMNS = 100, 30  # of a table
CELL_CHARACTERS = 200
TABLE_BYTES = 64_000
PICTURES = 999  # files of one name

HOME = os.environ.get("HOME", "")
PREVIEWS = os.path.join(os.path.dirname(HOME), "shown")

FULL = b'{"kind": "note", "text": "the program showed more than a result can hold"}'
shown = []  # items as JSON; the host looks at its length, so it is changed in place only


class _TooSlow(BaseException):
    """The alarm."""


def show(value, complete):
    """The JSON array, as bytes, of all that was shown since the last call.

    `complete`: the program reached its end, so figures it left open and its last value count.
    """
    if complete:
        try:
            _within_seconds(_show_rest, value)
        except BaseException as failure:
            _note("what the program left to show is incomplete", failure)
    told = b"[" + b",".join(shown) + b"]"
    shown.clear()
    return told


def _show_rest(value):
    _show_value(value, _show_open_figures())


def _within_seconds(call, *arguments):
    handler = signal.signal(signal.SIGALRM, _strike)
    timer = signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        call(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)


def _strike(_signal, _frame):
    raise _TooSlow(f"stopped after {SECONDS} s")


# Items


def _add(item):
    """Takes an item in if there is room; the last one that fits says that there is no more."""
    text = json.dumps(item, ensure_ascii=False).encode("utf-8", "replace")
    if len(shown) < ITEMS - 1 and sum(map(len, shown)) + len(text) < ANSWER_BYTES:
        shown.append(text)
    elif not shown or shown[-1] is not FULL:
        shown.append(FULL)


def _note(text, failure=None):
    if failure is not None:
        text = f"{text}: {_told(failure)}"
    _add({"kind": "note", "text": text[:NOTE_CHARACTERS]})


def _told(failure):
    try:
        return f"{type(failure).__name__}: {failure}"
    except Exception:
        return type(failure).__name__


def _attempt(what, call, *arguments):
    """What `call` returns; None and a note when it fails."""
    try:
        return call(*arguments)
    except _TooSlow:
        raise
    except BaseException as failure:
        _note(what, failure)
    return None


# Files


def _save(stem, extension, data):
    """Writes a new file into the directory the run began in; its name."""
    for number in range(1, PICTURES + 1):
        name = f"{stem}-{number}.{extension}"
        try:
            _write(os.path.join(HOME, name), data)
        except FileExistsError:
            continue
        return name
    raise OSError(f"there are {PICTURES} files {stem}-*.{extension}")


def _write(path, data):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        try:
            file.write(data)
            file.flush()
        except BaseException:
            os.unlink(path)
            raise


def _show_picture(stem, extension, data):
    """Saves a picture (PNG or JPEG) whole and as a preview, and shows it."""
    file = _attempt("a picture could not be saved", _save, stem, extension, data)
    preview = data if len(data) <= PREVIEW_BYTES else _smaller(data)
    os.makedirs(PREVIEWS, mode=0o700, exist_ok=True)
    number = len(os.listdir(PREVIEWS)) + 1
    _write(os.path.join(PREVIEWS, str(number)), preview)
    _add({"kind": "picture", "preview": number, "file": file})


def _smaller(data):
    """The picture with fewer pixels, until it fits."""
    from PIL import Image

    image = Image.open(io.BytesIO(data))
    if image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("RGBA")
    while len(data) > PREVIEW_BYTES and image.size != (1, 1):
        scale = 0.9 * math.sqrt(PREVIEW_BYTES / len(data))
        image = image.resize([max(1, int(side * scale)) for side in image.size])
        data = _png(image)
    return data


def _png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


# Figures


def _show_open_figures():
    """Shows matplotlib's open figures by their numbers, closes them, and returns them."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None or not helpers.Gcf.figs:
        return []
    managers = sorted(helpers.Gcf.get_all_fig_managers(), key=lambda manager: manager.num)
    figures = [manager.canvas.figure for manager in managers]
    for figure in figures:
        _attempt("a figure could not be drawn", _show_figure, figure)
    helpers.Gcf.destroy_all()
    return figures


def _show_figure(figure):
    width, height = (float(side) for side in figure.get_size_inches())
    wanted = float(figure.dpi)
    most = min(math.sqrt(PIXELS / (width * height)), SIDE_PIXELS / max(width, height))
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=min(wanted, most))
    if wanted > most:
        _note(f"a figure of {width:g} x {height:g} inches is drawn with {most:.0f} dots per inch")
    _show_picture("figure", "png", file.getvalue())


def _figure_of(value):
    """The figure that a value is, or that axes are part of."""
    figures, axes = sys.modules.get("matplotlib.figure"), sys.modules.get("matplotlib.axes")
    if figures is None or axes is None:
        return None
    if issubclass(type(value), figures.Figure):
        return value
    if issubclass(type(value), (axes.Axes, figures.SubFigure)):
        return value.get_figure(root=True)
    return None


# Values


def _show_value(value, figures=()):
    """Shows a value that is more than its repr; whether it was one."""
    figure = _attempt("the figure of the value can't be had", _figure_of, value)
    if figure is not None:
        if not any(figure is known for known in figures):
            _attempt("a figure could not be drawn", _show_figure, figure)
        return True
    pandas = sys.modules.get("pandas")
    if pandas is not None and issubclass(type(value), (pandas.DataFrame, pandas.Series)):
        _attempt("the table could not be shown", _show_table, value, pandas)
        return True
    images = sys.modules.get("PIL.Image")
    if images is not None and issubclass(type(value), images.Image):
        _attempt("the image could not be shown", _show_image, value)
        return True
    return _show_representation(value)


def _show_image(image):
    width, height = image.size
    if width * height > PIXELS:
        image = image.reduce(math.ceil(math.sqrt(width * height / PIXELS)))
        _note(f"an image of {width} x {height} pixels is shown with {image.width} x {image.height}")
    if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = image.convert("RGB")
    _show_picture("image", "png", _png(image))


# The richest first: a value is shown once, in the first form that it gives.
FORMS = (
    ("image/png", "_repr_png_", "png"),
    ("image/jpeg", "_repr_jpeg_", "jpg"),
    ("image/svg+xml", "_repr_svg_", "svg"),
    ("text/markdown", "_repr_markdown_", "md"),
    ("text/html", "_repr_html_", "html"),
    ("application/json", "_repr_json_", "json"),
)


def _show_representation(value):
    """Shows what a value tells of itself by the methods that notebooks call. They are looked up in
    its class: an object that answers to any name has none of them."""
    kind = type(value)
    bundle = {}
    if getattr(kind, "_repr_mimebundle_", None) is not None:
        bundle = _asked(kind._repr_mimebundle_, "_repr_mimebundle_", value)
        if type(bundle) is not dict:
            bundle = {}
    for mime, method, extension in FORMS:
        told = bundle.get(mime)
        function = getattr(kind, method, None)
        if told is None and function is not None:
            told = _asked(function, method, value)
        if told is not None and _attempt(
            f"the value's {mime} could not be shown", _show_form, mime, extension, told
        ):
            return True
    return False


def _asked(function, method, value):
    """What a method of the value gives; of a pair with metadata, the first."""
    told = _attempt(f"{method} failed", function, value)
    return told[0] if type(told) is tuple and told else told


def _show_form(mime, extension, told):
    if extension in ("png", "jpg"):
        if isinstance(told, str):
            import base64

            told = base64.b64decode(told, validate=True)
        if not isinstance(told, (bytes, bytearray)):
            raise TypeError(f"bytes were expected, not {type(told).__name__}")
        _show_picture("picture", extension, bytes(told))
        return True
    if extension == "json" and not isinstance(told, str):
        told = json.dumps(told)
    if not isinstance(told, str):
        raise TypeError(f"text was expected, not {type(told).__name__}")
    if extension == "svg" or len(told) > TEXT_CHARACTERS:
        name = _save("value", extension, told.encode("utf-8", "replace"))
        _note(f"the value's {mime} is in the file {name}")
    else:
        _add({"kind": "text", "mime": mime, "text": told})
    return True


# Tables


def _show_table(value, pandas):
    frame = value.to_frame() if issubclass(type(value), pandas.Series) else value
    total_rows, total_columns = frame.shape
    columns = _ends(total_columns, COLUMNS)
    part = frame.iloc[_ends(total_rows, ROWS), columns]
    cells = [part.index.tolist()] + [part.iloc[:, at].tolist() for at in range(len(columns))]
    rows = [[_cell(cell, pandas) for cell in row] for row in zip(*cells)]
    while len(rows) > 1 and len(json.dumps(rows)) > TABLE_BYTES:
        rows = [rows[at] for at in _ends(len(rows), len(rows) // 2)]
    names = [str(name)[:CELL_CHARACTERS] for name in part.index.names if name is not None]
    labels = [_cut(str(label)) for label in part.columns.tolist()]
    table = {"kind": "table", "columns": [_cut(", ".join(names) or "index"), *labels]}
    table |= {"rows": rows, "total_rows": total_rows, "total_columns": total_columns}
    _add(table)


def _ends(total, most):
    """The places of all, or of as many as may be from both ends."""
    if total <= most:
        return list(range(total))
    return [*range(most - most // 2), *range(total - most // 2, total)]


def _cell(value, pandas):
    """The value as JSON has it: missing is null, what JSON lacks is text."""
    try:
        if hasattr(type(value), "item"):
            value = value.item()  # numpy's number
        if value is None or value is pandas.NaT or value is pandas.NA:
            return None
        kind = type(value)
        if kind is float:
            return None if value != value else value if math.isfinite(value) else str(value)
        if kind is bool or kind is int and -(2**63) <= value < 2**63:
            return value
        return _cut(str(value))
    except Exception as failure:
        return f"<{type(failure).__name__}>"


def _cut(text):
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"


# What is adopted as soon as a program imports it.


def _adopt_pyplot(pyplot):
    def show(*_arguments, **_keywords):
        """Shows all open figures and closes them."""
        _show_open_figures()

    pyplot.show = show


def _adopt_display(module):
    def display(*values, **_keywords):
        """Shows the values, in their richest form."""
        for value in values:
            if not _show_value(value):
                print(repr(value))

    module.display = display


ADOPTED = {"matplotlib.pyplot": _adopt_pyplot, "IPython.display": _adopt_display}


class _Watcher:
    """A finder of modules that finds two only, and adopts them once they are loaded."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        adopt = ADOPTED.get(name)
        spec = None if adopt is None else PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            adopt(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Watcher)
for _name, _adopt in ADOPTED.items():
    if _name in sys.modules:
        _adopt(sys.modules[_name])
