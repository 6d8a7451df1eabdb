"""ZIP archives, the same bytes for the same files."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive can say


def pack(files: Mapping[str, bytes], first: str = "") -> bytes:
    """Pack files in the order of their names, without a clock and a user.

    ``first`` is put at the beginning and only stored, as EPUB wants its mimetype (OCF 3.3, 4.2.2).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=None if name == first else 9)
    return out.getvalue()
