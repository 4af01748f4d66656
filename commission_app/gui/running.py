"""One window a file: a second start with the same file rings at the first window, which comes forward."""

import json
import os
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCryptographicHash, QObject, Signal, Slot

from commission_app import paths
from commission_app.gui.page import Place

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_MOST_BYTES: Final = 4096
#: What a socket's path may be long on every system that has them as files.
_LONGEST: Final = 100
_ANSWER: Final = b"raised\n"
#: Milliseconds that a second start waits for the first window.
_PATIENCE: Final = 2000
_SLICE: Final = 10
#: Seconds between rings at a window that does not listen yet.
PAUSES: Final = (0.2,) * 15


def address_of(path: Path) -> str | None:
    """Where the window with this file listens: the file's real path and the user make the name.

    A socket in a folder that is this user's alone, or a pipe on Windows; None where there is no such folder.
    """
    user = os.environ.get("USERNAME", "") if os.name == "nt" else str(os.getuid())
    named = os.fsencode(f"{user}/{path.resolve()}")
    digest = bytes(QCryptographicHash.hash(named, QCryptographicHash.Algorithm.Sha256).data()).hex()
    name = f"commission-app-{digest[:24]}"
    if os.name == "nt":
        return name
    for folder in _folders():
        address = str(folder / name)
        if _is_private(folder) and len(os.fsencode(address)) <= _LONGEST:
            return address
    return None


def _folders() -> tuple[Path, ...]:
    import tempfile

    runtime = os.environ.get("XDG_RUNTIME_DIR")
    own = paths.user_data() / "run"
    return (*((Path(runtime),) if runtime else ()), Path(tempfile.gettempdir()), own)


def _is_private(folder: Path) -> bool:
    """Whether nobody else may enter a folder; our own one is made."""
    try:
        if folder.parent == paths.user_data():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & 0o077


class Doorbell(QObject):
    """Listens while a file is open for writing; `rung` sends the place that a second start asks for."""

    rung = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None

    def listen(self, path: Path) -> bool:
        """Listen for a second start with this file; whether that is possible.

        The caller holds the file's lock, so what stands at its address was left by a program that is gone.
        """
        from PySide6.QtNetwork import QLocalServer

        self.stop()
        address = address_of(path)
        if address is None:
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(address):
            QLocalServer.removeServer(address)
            if not server.listen(address):
                server.deleteLater()
                return False
        server.newConnection.connect(self._answer)
        self._server = server
        return True

    @Slot()
    def stop(self) -> None:
        """Listen no more: the file is closed."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    @Slot()
    def _answer(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(self._read)
            caller.disconnected.connect(caller.deleteLater)
            if caller.canReadLine():
                self._take(caller)

    @Slot()
    def _read(self) -> None:
        self._take(self.sender())

    def _take(self, caller: Any) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > _MOST_BYTES:
                caller.abort()
            return
        place = _place_in(bytes(caller.readLine(_MOST_BYTES).data()))
        caller.write(_ANSWER)
        caller.flush()
        caller.disconnectFromServer()
        self.rung.emit(place)


def _place_in(line: bytes) -> Place | None:
    """The place that a caller names; None for anything else."""
    try:
        told = json.loads(line)["place"]
        known = {field.name for field in fields(Place)}
        if set(told) - known or not all(value is None or isinstance(value, str) for value in told.values()):
            return None
        return Place(**told)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def ring(path: Path, place: Place | None = None) -> bool:
    """Ask the window that has a file open to come to the front, at a place; whether one answered."""
    address = address_of(path)
    if address is None or (os.name != "nt" and not Path(address).exists()):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(_PATIENCE):
        return False
    message = json.dumps({"place": asdict(place) if place else None}) + "\n"
    socket.write(message.encode())
    socket.waitForBytesWritten(_PATIENCE)
    told, waited = b"", 0
    while not told.startswith(_ANSWER) and waited < _PATIENCE:
        has_more = socket.waitForReadyRead(_SLICE)
        told += bytes(socket.readAll().data())
        if not has_more and socket.state() != QLocalSocket.LocalSocketState.ConnectedState:
            break
        waited += _SLICE
        time.sleep(_SLICE / 1000)  # Qt waits with Python's lock held, which a window in another thread needs
    socket.disconnectFromServer()
    return told.startswith(_ANSWER)


def ring_again(path: Path, place: Place | None = None) -> bool:
    """Ring until a window answers, for a few seconds: the one that has the file may only be opening it this
    moment, as after a double click on its icon. Not for the window's own thread.
    """
    for pause in PAUSES:
        if ring(path, place):
            return True
        time.sleep(pause)
    return ring(path, place)
