"""A package whose import the system ends, as it does for want of memory."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
