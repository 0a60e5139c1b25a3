"""The life of a worker process. It loads little by itself: what it needs comes with the work."""

from __future__ import annotations

import os
import pickle
import threading
import traceback
from multiprocessing import parent_process
from multiprocessing.connection import Connection


def serve(connection: Connection) -> None:
    """The life of a worker: receive the work, then compute the blocks asked for until nobody asks any more."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        compute = pickle.loads(connection.recv_bytes()).start()
        while True:
            connection.send(compute(connection.recv()))
    except (EOFError, ConnectionError):
        return
    except MemoryError:
        os._exit(1)  # as if the system had ended it for lack of memory
    except Exception:
        connection.send(traceback.format_exc())


def _end_with_parent() -> None:
    """A worker whose parent was killed ends at once."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
