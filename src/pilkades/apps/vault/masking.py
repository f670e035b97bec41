"""What the public may see of a number that names a person."""

MASK = "•"


def mask_nik(nik: str) -> str:
    """`3505…` as `35••••••••••0001`: the province and the serial; shorter input is masked whole."""
    if len(nik) != 16:
        return MASK * max(len(nik), 4)
    return f"{nik[:2]}{MASK * 10}{nik[-4:]}"


def mask_phone(phone: str) -> str:
    """Only the last three digits stay, enough for the owner to know it is theirs."""
    return f"{MASK * max(len(phone) - 3, 4)}{phone[-3:]}" if len(phone) > 5 else MASK * 4


def mask_name(name: str) -> str:
    """Each word keeps its first letter: `Dewi Lestari` as `D••• L••••••`."""
    return " ".join(f"{word[0]}{MASK * (len(word) - 1)}" for word in name.split())
