"""python -m wallboard.processes demo|run [--tied]

The launcher starts itself once more with --prepared and its private folder, to be rid of the passwords in its environment.
"""

import sys
from pathlib import Path

from wallboard.processes.launcher import start
from wallboard.processes.tied import tie_to_parent

if __name__ == "__main__":
    if "--tied" in sys.argv:
        tie_to_parent()
    private = Path(sys.argv[sys.argv.index("--prepared") + 1]) if "--prepared" in sys.argv else None
    sys.exit(start("demo" if "demo" in sys.argv else "run", private=private))
