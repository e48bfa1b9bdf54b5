"""Runs a command and prints one line: wall milliseconds, processor milliseconds, peak KiB, exit code.

    timed.py [--stdout FILE] COMMAND ARGUMENT...

Standard output goes to FILE or nowhere. The peak is the largest resident set that the kernel saw, and never less than this script's own.
"""
import os
import subprocess
import sys
import time


def run(command, stdout=subprocess.DEVNULL):
    """Wall seconds, processor seconds, peak KiB and exit code of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, process.returncode


if __name__ == "__main__":
    arguments = sys.argv[1:]
    output = subprocess.DEVNULL
    if arguments[0] == "--stdout":
        output = open(arguments[1], "wb")
        arguments = arguments[2:]
    wall, processor, peak, code = run(arguments, output)
    print(f"{wall * 1000:.1f} {processor * 1000:.1f} {peak} {code}")
