"""What has just changed, told to every screen: each decides for itself whether it cares."""

from PySide6.QtCore import QObject, Signal


class _Bus(QObject):
    changed = Signal(object)


_bus = _Bus()
changed = _bus.changed
"""``changed.emit(changes)`` with an ``app.commands.changes.Changes``; on the GUI thread only."""
