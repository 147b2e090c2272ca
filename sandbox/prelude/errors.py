"""What a run's exception looks like to the person who wrote the program.

Loaded into the zygote and called after the program has failed, so nothing here may trust what the
program left behind: names are bound at import, sizes are bounded, and the caller falls back to type
and message when anything in here raises.
"""

from traceback import TracebackException
from types import TracebackType

MESSAGE_CHARACTERS = 4_096
TRACEBACK_CHARACTERS = 16_000  # the host cuts at 16 KiB; most tracebacks are ASCII
FRAMES = 50  # kept at each end of a stack; recursion has a thousand
EXCEPTIONS = 20  # followed along causes, contexts and groups


def describe(exception, files):
    """Returns (type, message, traceback) of `exception`, keeping only frames of these files."""
    _keep_own_frames(exception, files)
    told = TracebackException(
        type(exception),
        exception,
        exception.__traceback__,
        compact=True,
        max_group_width=10,
        max_group_depth=5,
    )
    for part in _parts_of(told):
        if not part.stack:
            part.stack = None  # no header without frames
    text = "".join(told.format())
    return _type_name(type(exception)), _message(exception), _bounded(text, TRACEBACK_CHARACTERS)


def _type_name(kind):
    module = kind.__module__
    if module in ("__main__", "builtins") or not isinstance(module, str):
        return kind.__qualname__
    return f"{module}.{kind.__qualname__}"


def _message(exception):
    try:
        text = str(exception)
    except BaseException as failure:
        return f"<str() of the exception raised {type(failure).__name__}>"
    return text[:MESSAGE_CHARACTERS]


def _bounded(text, limit):
    """The first quarter and the last three of a text too long: the end says what went wrong."""
    if len(text) <= limit:
        return text
    notice = f"\n  [… {len(text) - limit} characters left out …]\n"
    room = limit - len(notice)
    return text[: room // 4] + notice + text[len(text) - (room - room // 4) :]


def _keep_own_frames(exception, files):
    """Rewrites the tracebacks of an exception and of all it is linked to."""
    seen = set()
    waiting = [exception]
    while waiting and len(seen) < EXCEPTIONS:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        current.__traceback__ = _own_frames(current.__traceback__, files)
        waiting += [current.__cause__, current.__context__]
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
    for cut in waiting:  # linked further than anyone reads
        if cut is not None and id(cut) not in seen:
            cut.__cause__ = cut.__context__ = cut.__traceback__ = None


def _own_frames(traceback, files):
    own = []
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in files:
            own.append((traceback.tb_frame, traceback.tb_lasti, traceback.tb_lineno))
        traceback = traceback.tb_next
    if len(own) > 2 * FRAMES:
        own = own[:FRAMES] + own[-FRAMES:]
    kept = None
    for frame, last_instruction, line in reversed(own):
        kept = TracebackType(kept, frame, last_instruction, line)
    return kept


def _parts_of(told):
    waiting, seen = [told], set()
    while waiting:
        part = waiting.pop()
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        waiting += [part.__cause__, part.__context__, *(part.exceptions or ())]
