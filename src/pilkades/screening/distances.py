"""How far two short texts are apart; the measures that DuckDB has under the same names."""

PREFIX_LENGTH, PREFIX_WEIGHT, BOOST_FROM = 4, 0.1, 0.7


def measure_edits(left: str, right: str) -> int:
    """Insertions, deletions, replacements and swapped neighbours (Damerau 1964; OSA variant)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        now = [i]
        for j, b in enumerate(right, start=1):
            best = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            now.append(best)
        before, row = row, now
    return row[-1]


def jaro_winkler(left: str, right: str) -> float:
    """Likeness of two names from 0 to 1 (Winkler 1990): shared letters, weighted to the front."""
    likeness = _jaro(left, right)
    if likeness <= BOOST_FROM:
        return likeness
    prefix = 0
    for a, b in zip(left[:PREFIX_LENGTH], right[:PREFIX_LENGTH], strict=False):
        if a != b:
            break
        prefix += 1
    return likeness + prefix * PREFIX_WEIGHT * (1 - likeness)


def _jaro(left: str, right: str) -> float:
    if not left or not right:
        return float(left == right)
    reach = max(max(len(left), len(right)) // 2 - 1, 0)
    taken = [False] * len(right)
    found = []
    for i, letter in enumerate(left):
        for j in range(max(0, i - reach), min(len(right), i + reach + 1)):
            if not taken[j] and right[j] == letter:
                taken[j] = True
                found.append(letter)
                break
    if not found:
        return 0.0
    theirs = [letter for letter, used in zip(right, taken, strict=True) if used]
    swapped = sum(a != b for a, b in zip(found, theirs, strict=True)) // 2
    shared = len(found)
    return (shared / len(left) + shared / len(right) + (shared - swapped) / shared) / 3
