"""What the database keeps of a link's secret: enough to know it again, too little to open anything."""

from hashlib import sha256


def digest_of(secret: str) -> str:
    """Hash the secret of a link: the database alone cannot open it."""
    return sha256(secret.encode()).hexdigest()
