"""Run the command as `python -m newsloom`."""

from newsloom.command import main

main()
