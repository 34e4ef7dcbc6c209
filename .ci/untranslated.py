"""Lists texts that have no translation, or a doubtful one; exits with 1 if there are any. Usage: untranslated.py FOLDER"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

SHOWN = 20


def is_whole(message: Message, catalogue: Catalog) -> bool:
    """Whether every form of the text is there, and for sure."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    wanted = catalogue.num_plurals if message.pluralizable else 1
    return not message.fuzzy and len(forms) == wanted and all(forms)


def main(folder: Path) -> int:
    missing = 0
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        gaps = [message for message in catalogue if message.id and not is_whole(message, catalogue)]
        missing += len(gaps)
        if gaps:
            sys.stderr.write(f"{path}: {len(gaps)} of {len(catalogue)} texts are not translated\n")
            sys.stderr.writelines(f"  {message.id!r}\n" for message in gaps[:SHOWN])
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
