"""Whole processes as benchmarks measure them."""
import os, subprocess, sys, time


def timed(command, env=None, accepted=(0,)):
    """Wall seconds, CPU seconds and peak MiB of a whole process. `env` is added to the environment."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
    error = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) not in accepted:
        sys.exit(f"{' '.join(map(str, command))}\n{error.decode(errors='replace')}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
