"""The last inputs that this process has answered."""

from collections import OrderedDict

_MOST = 4096


class Recent:
    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        self._keys[key] = None
        if len(self._keys) > _MOST:
            self._keys.popitem(last=False)
