"""What is asked of passkeys, whoever checks their signatures."""

MOST = 10


def counter_went_back(known: int, seen: int) -> bool:
    """An authenticator that counts its signatures has given as many or fewer than the last time: there may be two of
    it. Passkeys that are synchronised between devices do not count, and always say 0 (WebAuthn 3, §6.1.1).
    """
    return (known > 0 or seen > 0) and seen <= known
