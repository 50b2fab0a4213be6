"""Whose turn it is to let a client in: that of the process which has the fewest.

The system wakes all processes for a new connection, and the first that runs would take all of them while another has
nothing to do. So each says in shared memory how many clients it has.
"""

from __future__ import annotations

import mmap

_WIDTH = 4  # bytes of a count
_FREE = -1


class Turns:
    """A seat for each process; made before they are forked, as they share its memory."""

    def __init__(self, seats: int) -> None:
        self._counts = memoryview(mmap.mmap(-1, seats * _WIDTH)).cast("i")
        for seat in range(seats):
            self._counts[seat] = _FREE

    def take_seat(self) -> int | None:
        """Take a seat for a process that is about to start; where there is none left, it is always its turn."""
        seat = next((seat for seat, count in enumerate(self._counts) if count == _FREE), None)
        if seat is not None:
            self._counts[seat] = 0
        return seat

    def leave_seat(self, seat: int | None) -> None:
        """Free the seat of a process that has ended."""
        self.report(seat, _FREE)

    def report(self, seat: int | None, clients: int) -> None:
        """Say how many clients the process on this seat has."""
        if seat is not None:
            self._counts[seat] = clients

    def is_due(self, seat: int | None) -> bool:
        """Whether no other process has fewer clients than the one on this seat."""
        return seat is None or all(not _FREE < count < self._counts[seat] for count in self._counts)
