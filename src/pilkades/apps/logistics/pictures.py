"""Six plain drawings of how to vote, as SVG for paper and page: lines only, no colours."""

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" fill="none" '
    'stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">'
)


def _draw(*shapes: str) -> str:
    return _HEAD + "".join(shapes) + "</svg>"


def _person(x: int, y: int) -> str:
    """A head and shoulders; the same for everybody."""
    return (
        f'<circle cx="{x}" cy="{y}" r="11"/>'
        f'<path d="M{x - 18} {y + 48} v-16 a18 18 0 0 1 36 0 v16"/>'
    )


COME = _draw(
    _person(34, 32),
    '<path d="M50 62 L66 56"/>',
    '<rect x="66" y="40" width="38" height="26" rx="2"/>',
    '<path d="M72 48 h16 M72 55 h24"/>',
    '<rect x="66" y="74" width="38" height="24" rx="3"/>',
    '<circle cx="77" cy="84" r="5"/><path d="M70 93 a7 6 0 0 1 14 0 M89 82 h10 M89 89 h8"/>',
)
RECEIVE = _draw(
    '<path d="M10 82 h100 M20 82 v26 M100 82 v26"/>',
    _person(30, 26),
    '<rect x="58" y="46" width="34" height="32" rx="2"/>',
    '<path d="M64 54 h22 M64 61 h22"/>',
    '<path d="M64 72 q5 -8 9 0 t10 -2"/>',
)
BOOTH = _draw(
    '<path d="M24 20 v78 M96 20 v78 M24 20 h72 M24 62 h72"/>',
    '<path d="M24 98 h10 M86 98 h10"/>',
    _person(60, 42),
)
PUNCH = _draw(
    '<rect x="14" y="16" width="70" height="88" rx="2"/>',
    '<rect x="22" y="26" width="24" height="66"/><rect x="52" y="26" width="24" height="66"/>',
    '<circle cx="64" cy="46" r="7"/><path d="M55 66 a9 9 0 0 1 18 0 M56 78 h16"/>',
    '<circle cx="34" cy="46" r="7"/><path d="M25 66 a9 9 0 0 1 18 0 M26 78 h16"/>',
    '<path d="M108 22 L70 60 M100 16 l12 12 M70 60 l-4 4"/>',
    '<circle cx="64" cy="66" r="3" fill="currentColor"/>',
)
CAST = _draw(
    '<path d="M22 58 h76 v50 h-76 z M46 58 h28"/>',
    '<path d="M50 58 V26 h20 V58 M50 34 h20"/>',
    '<path d="M60 6 v12 M54 13 l6 6 l6 -6"/>',
    '<rect x="50" y="76" width="20" height="14"/>',
)
INK = _draw(
    '<path d="M72 58 h32 v46 h-32 z M78 58 v-8 h20 v8"/>',
    '<path d="M72 78 h32"/>',
    '<path d="M20 96 V56 a7 7 0 0 1 14 0 V40 a7 7 0 0 1 14 0 v30 a16 16 0 0 1 -8 26"/>',
    '<path d="M34 40 a7 7 0 0 1 14 0 v6 h-14 z" fill="currentColor"/>',
)
PICTURES = (COME, RECEIVE, BOOTH, PUNCH, CAST, INK)
