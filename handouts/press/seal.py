"""Finished files locked with a password: AES-256, revision 6, by pikepdf. The last step; hashes are taken before."""

from typing import BinaryIO


def seal(source: BinaryIO, target: BinaryIO, password: str) -> None:
    """Write a PDF to ``target`` so that it opens with the password only; screen readers keep their access.

    The bytes differ each time, for a good lock is salted.
    """
    import pikepdf

    allowed = pikepdf.Permissions(modify_annotation=False, modify_form=False, modify_other=False, extract=False)
    lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True, allow=allowed)
    with pikepdf.open(source) as pdf:
        pdf.save(target, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.preserve)


def opens(source: BinaryIO, password: str) -> bool:
    """Return whether a password opens a locked PDF."""
    import pikepdf

    try:
        with pikepdf.open(source, password=password):
            return True
    except pikepdf.PasswordError:
        return False
