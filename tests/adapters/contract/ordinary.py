"""On which platforms an ordinary run tells a story: there is little time. The soak tells every story on all of them."""

import zlib
from collections.abc import Collection, Mapping

from tests.adapters.contract.stages import SLACK, TEAMS


def left_out(stories: Mapping[str, Collection[str]]) -> Mapping[str, str]:
    """The platform on which a story, known by its name with its features, need not be told; none for those on both.

    Of each feature the first story is told on both, and so is what proves no feature. All others go through what was
    told already, on one of the two: always the same one, whatever stories there are besides.
    """
    proven: set[str] = set()
    chosen: dict[str, str] = {}
    for story, features in sorted(stories.items()):
        if features and proven.issuperset(features):
            chosen[story] = SLACK if zlib.crc32(story.encode()) % 2 else TEAMS
        proven.update(features)
    return chosen
