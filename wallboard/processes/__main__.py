"""python -m wallboard.processes demo|run [--tied]"""

import sys

from wallboard.processes.launcher import start
from wallboard.processes.tied import tie_to_parent

if __name__ == "__main__":
    if "--tied" in sys.argv:
        tie_to_parent()
    sys.exit(start("demo" if "demo" in sys.argv else "run"))
