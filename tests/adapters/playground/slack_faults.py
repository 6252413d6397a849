"""One spoilt payload, and the public pages that say why it is refused."""

from dataclasses import dataclass

from tests.adapters.playground.slack_payloads import Json

DOCS = "https://docs.slack.dev/"
BLOCKS = f"{DOCS}reference/block-kit/blocks/"
ELEMENTS = f"{DOCS}reference/block-kit/block-elements/"
OBJECTS = f"{DOCS}reference/block-kit/composition-objects/"
MODAL_PAGE = f"{DOCS}reference/views/modal-views"
HOME_PAGE = f"{DOCS}reference/views/home-tab-views"
POST_PAGE = f"{DOCS}reference/methods/chat.postMessage"


@dataclass(frozen=True)
class Bad:
    payload: Json
    rule: str
    path: str
    page: str
