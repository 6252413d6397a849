"""How the processes of a run share the long proofs: test by test, but for what one of them does best alone."""

import re

from xdist.scheduler.loadscope import LoadScopeScheduling

_TOLD = re.compile(r"test_each_handler_is_needed\.py::test_(without|each_verb).*\[(slack|teams)-")


class Shared(LoadScopeScheduling):  # type: ignore[misc] # xdist brings no types
    """Who takes away handlers on a platform has told every story there once with all of them: that takes minutes.

    xdist's own groups are not used, since it cannot mark them with the pytest that we have.
    """

    def _split_scope(self, nodeid: str) -> str:
        told = _TOLD.search(nodeid)
        return told.group(2) if told else nodeid
