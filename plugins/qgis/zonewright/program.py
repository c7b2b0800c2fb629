"""Finding, asking and running the command line. Nothing here knows a parameter or a module."""

import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from qgis.core import QgsSettings

from .texts import language, say

OLDEST = (0, 1, 0)  # the first release whose `modules --json` says its version
SETTING = "ZONEWRIGHT_PROGRAM"  # in QGIS's options, and as an environment variable
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 3


class ProgramProblem(Exception):
    """Why `zonewright` cannot be used, in the user's language, with what to do."""


def candidates():
    """Where the program may be, the user's own word first."""
    chosen = QgsSettings().value(f"Processing/Configuration/{SETTING}", "") or os.environ.get(SETTING, "")
    if chosen:
        return [chosen]  # a wrong choice is reported, not passed over
    found = [shutil.which("zonewright")]
    # an installed plugin lies in PREFIX/share/zonewright/qgis/zonewright
    found.append(os.path.join(os.path.dirname(os.path.realpath(__file__)), *[os.pardir] * 4, "bin", "zonewright"))
    found += ["/usr/local/bin/zonewright", "/usr/bin/zonewright", os.path.expanduser("~/.local/bin/zonewright")]
    return [os.path.normpath(file) for file in found if file]


def find():
    """The program's path. Raises ProgramProblem."""
    for file in candidates():
        path = shutil.which(file)
        if path:
            return path
    remedy = say(
        f"请安装 Zonewright，或在“设置 > 选项 > 数据处理 > 提供者 > Zonewright”中指定程序（也可用环境变量 {SETTING}）",
        f"install Zonewright, or name the program in Settings > Options > Processing > Providers > Zonewright (or in the environment variable {SETTING})",
    )
    places = ", ".join(candidates())
    raise ProgramProblem(say(f"找不到 zonewright 程序（查找过：{places}）；{remedy}", f"the program zonewright was not found (looked for: {places}); {remedy}"))


def modules():
    """(path, document of `modules --json`). Raises ProgramProblem."""
    path = find()
    oldest = ".".join(map(str, OLDEST))
    remedy = say(f"请指定 Zonewright {oldest} 或更新的程序", f"name a Zonewright {oldest} or newer")
    try:
        answer = subprocess.run(
            [path, "--json", "modules"], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_TO_ANSWER, **_quiet_window()
        )
    except OSError as why:
        raise ProgramProblem(say(f"{path} 无法启动：{why.strerror}；{remedy}", f"{path} cannot be started: {why.strerror}; {remedy}")) from why
    except subprocess.TimeoutExpired as why:
        raise ProgramProblem(say(f"{path} 没有应答；{remedy}", f"{path} does not answer; {remedy}")) from why
    try:
        document = json.loads(answer.stdout.decode("utf-8"))
        known = isinstance(document["modules"], list)
    except (ValueError, KeyError, TypeError):
        known = False
    if answer.returncode != 0 or not known:
        said = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        said = f" ({said[-1]})" if said else ""
        raise ProgramProblem(say(f"{path} 不是 Zonewright，或已损坏{said}；{remedy}", f"{path} is not Zonewright, or is damaged{said}; {remedy}"))
    version = str(document.get("version", "0"))
    if version_of(version) < OLDEST:
        raise ProgramProblem(say(f"{path} 的版本 {version} 太旧；{remedy}", f"{path} is too old (version {version}); {remedy}"))
    return path, document


def version_of(text):
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def ask(arguments):
    """The document that a quick command gives. Raises ProgramProblem with the command's own line."""
    answer = subprocess.run(
        [find(), "--json", "--lang", language(), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS_TO_ANSWER,
        **_quiet_window(),
    )
    if answer.returncode != 0:
        raise ProgramProblem(_own_words(answer.stderr.decode("utf-8", "replace").splitlines()))
    return json.loads(answer.stdout.decode("utf-8"))


def run(arguments, feedback):
    """Runs a command with progress and cancel and returns its document, or None when it was cancelled.

    Raises ProgramProblem with the command's own line.
    """
    command = [find(), "--json", "--progress", "--lang", language(), *arguments]
    feedback.pushCommandInfo(" ".join(_shell_word(word) for word in command))
    # The document goes into a file: a pipe that nobody empties would stop the program.
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, **_quiet_window())
        lines = queue.Queue()
        reader = threading.Thread(target=_read_lines, args=(process.stderr, lines), daemon=True)
        reader.start()
        said = []
        cancelled = False
        while process.poll() is None:
            cancelled = feedback.isCanceled()
            if cancelled:
                _stop(process)
                break
            _follow(lines, feedback, said, 0.1)
        reader.join(SECONDS_TO_STOP)
        _follow(lines, feedback, said, 0)
        if cancelled or feedback.isCanceled() and process.returncode != 0:
            return None
        if process.returncode < 0:
            name = signal.Signals(-process.returncode).name
            raise ProgramProblem(say(f"zonewright 意外终止（{name}），规划未作改动", f"zonewright ended unexpectedly ({name}); the plan was not changed"))
        if process.returncode not in (0, 3):
            raise ProgramProblem(_own_words(said))
        out.seek(0)
        return json.loads(out.read().decode("utf-8"))


def _read_lines(stream, lines):
    for line in stream:
        lines.put(line.decode("utf-8", "replace").rstrip())
    stream.close()


def _follow(lines, feedback, said, wait):
    """Hands on what the program has written: progress as progress, the rest is kept."""
    try:
        while True:
            line = lines.get(timeout=wait) if wait else lines.get_nowait()
            wait = 0
            step = _progress(line)
            if step is None:
                said.append(line)
            else:
                feedback.setProgress(100 * step["done"])
                feedback.setProgressText(step["what"])
    except queue.Empty:
        pass


def _progress(line):
    if not line.startswith("{"):
        return None
    try:
        step = json.loads(line)
        return step if {"done", "what"} <= step.keys() else None
    except ValueError:
        return None


def _stop(process):
    """Asks first: asked, the program takes back what it began."""
    if os.name == "nt":
        process.terminate()
    else:
        process.send_signal(signal.SIGINT)
    until = time.monotonic() + SECONDS_TO_STOP
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    if process.poll() is None:
        process.kill()
        process.wait()


def _own_words(lines):
    """`zonewright: error[110]: what; what to do` without what stands before it."""
    for line in reversed(lines):
        if line.startswith("zonewright: "):
            return line[len("zonewright: "):]
    return lines[-1] if lines else say("zonewright 没有说明原因", "zonewright gave no reason")


def _shell_word(word):
    return word if re.fullmatch(r"[\w./=:,+@%-]+", word) else "'" + word.replace("'", "'\\''") + "'"


def _quiet_window():
    """No console window flashes up on Windows."""
    return {"creationflags": subprocess.CREATE_NO_WINDOW} if sys.platform == "win32" else {}
