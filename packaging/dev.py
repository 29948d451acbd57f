"""The developer's runner behind `make`, and in its place where there is no make:  python packaging/dev.py COMMAND

  setup          virtual environment, locked dependencies, the shared libraries Qt needs
  run [ARGS]     the app; where there is no display, the sample matter written to demo-out/
  test [ARGS]    style, types, arrows, tests; with ARGS pytest alone, with these arguments
  lint           style, types and arrows only
  soak [ARGS]    the laws on thousands of examples, and the long tests
  bench [ARGS]   speed and memory, each beside its reference
  build          a folder that runs without Python, made by PyInstaller and tried
  lock           write packaging/locks/ anew from pyproject.toml
  clean          remove whatever these commands made

Standard library only. Works on Linux, Windows and macOS.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
VENV = ROOT / ".venv"
STAMP = VENV / "installed-from"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)

# What Qt's xcb platform plugin and its OpenGL and font layers load from the system, by Debian's names. Ubuntu 24.04
# calls some of them NAMEt64; which of the two exists is asked of apt-cache.
QT_PACKAGES = """
    libxcb-icccm4 libxcb-keysyms1 libxcb-cursor0 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1
    libxcb-randr0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-render0 libxcb-util1 libx11-xcb1 libxkbcommon0
    libxkbcommon-x11-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 fonts-dejavu-core
    libwayland-client0 libwayland-cursor0 libwayland-egl1
"""

# Loads what a window loads. The xcb plugin is loaded too where no display is there to start it on.
LOAD_QT = """
import ctypes, os, pathlib, sys
from PySide6.QtCore import QLibraryInfo
if sys.platform.startswith("linux"):
    plugins = pathlib.Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    if os.environ.get("WAYLAND_DISPLAY"):
        ctypes.CDLL(str(plugins / "platforms" / "libqwayland.so"))
from PySide6.QtWidgets import QApplication
QApplication([])
"""


class Stop(Exception):
    """Something the person has to do first, in a sentence; the run ends with exit code 1."""


# --- running -------------------------------------------------------------------------------------------------------


def call(*command, env=None):
    """Run `command` in the checkout, its output passing straight through; returns its exit code."""
    sys.stdout.flush()
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def must(*command, why, env=None):
    if call(*command, env=env):
        raise Stop(why)


def quietly(*command, env=None):
    """Run `command` and keep its output to ourselves; returns (exit code, output)."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return done.returncode, done.stdout.strip()


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display():
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def windowless(env=None):
    """The environment in which Qt starts without a display, unless the caller chose a platform."""
    chosen = dict(os.environ if env is None else env)
    if not has_display():
        chosen.setdefault("QT_QPA_PLATFORM", "offscreen")
    return chosen


# --- setup ---------------------------------------------------------------------------------------------------------


def setup():
    """Bring .venv to what the lock and pyproject.toml say; where nothing changed this only looks."""
    before = STAMP.read_text("utf-8").split() if STAMP.exists() and PYTHON.exists() else []
    dependencies, ourselves = fingerprint(LOCKS / "dev.txt"), fingerprint(ROOT / "pyproject.toml")
    if before[:1] != [dependencies]:
        make_venv()
        install_dependencies()
    if before != [dependencies, ourselves]:
        install_ourselves()
        STAMP.write_text(f"{dependencies}\n{ourselves}\n", "utf-8")
    make_qt_load()


def fingerprint(file):
    """Tells whether `file`, this Python or the place of the checkout is another than at the last setup."""
    here = f"|{sys.version}|{sysconfig.get_platform()}|{ROOT}"
    return hashlib.sha256(file.read_bytes() + here.encode()).hexdigest()


def base_python():
    """The Python this one came from, if it is the very environment that is about to be made anew."""
    return getattr(sys, "_base_executable", sys.executable) if Path(sys.prefix) == VENV else sys.executable


def make_venv():
    say("Making the virtual environment .venv")
    python = base_python()
    code, output = quietly(python, "-m", "venv", "--clear", VENV)
    if code == 0:
        return
    if is_root() and shutil.which("apt-get"):
        apt_install([venv_package()])
        must(python, "-m", "venv", "--clear", VENV, why="The virtual environment could not be made.")
    elif quietly(python, "-m", "pip", "--version")[0] == 0:
        must(python, "-m", "venv", "--clear", "--without-pip", VENV, why="The virtual environment could not be made.")
    elif shutil.which("apt-get"):
        raise Stop(
            "This Python cannot make virtual environments. Run this, then try again:\n"
            f"  sudo apt-get install {venv_package()}"
        )
    else:
        raise Stop(f"This Python cannot make virtual environments. It said:\n{output}")


def venv_package():
    return available_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python3-venv"])[0]


def pip():
    """pip for the new environment: its own, or the one beside the Python it was made from."""
    if quietly(PYTHON, "-m", "pip", "--version")[0] == 0:
        return [PYTHON, "-m", "pip"]
    return [base_python(), "-m", "pip", "--python", PYTHON]


def install_dependencies():
    """Install exactly what is locked: hashes must match, nothing is built from source."""
    say("Installing the locked dependencies (a few minutes the first time)")
    locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", LOCKS / "dev.txt"]
    pip_install(*locked, why="The locked dependencies could not be installed; see above.")


def install_ourselves():
    """Install the checkout itself, built with the locked hatchling, so that nothing comes from outside the lock."""
    ours = ["--no-deps", "--no-build-isolation", "--editable", ROOT]
    pip_install(*ours, why="Clinic Mapper itself could not be installed; see above.")


def pip_install(*arguments, why):
    env = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0", PIP_ROOT_USER_ACTION="ignore")
    must(*pip(), "install", "--quiet", *arguments, env=env, why=why)


# --- the shared libraries Qt needs ---------------------------------------------------------------------------------


def make_qt_load():
    """See that Qt really starts; on Debian and Ubuntu install what is missing, or say the command that does."""
    complaint = qt_complaint()
    if complaint and LINUX and shutil.which("apt-get"):
        if not is_root():
            packages = " ".join(available_packages(QT_PACKAGES.split()))
            raise Stop(
                f"Qt cannot start: {last_line(complaint)}\nRun this, then try again:\n  sudo apt-get install {packages}"
            )
        say("Installing the shared libraries Qt needs")
        apt_install(available_packages(QT_PACKAGES.split()))
        complaint = qt_complaint()
    if complaint:
        raise Stop(f"Qt cannot start. It said:\n{complaint}")


def qt_complaint():
    """What Qt says when its libraries do not load, or an empty text. A display that is silent is no such fault."""
    code, output = quietly(PYTHON, "-c", LOAD_QT, env=dict(os.environ, QT_QPA_PLATFORM="offscreen") if LINUX else None)
    return (output or f"it ended with exit code {code}") if code else ""


def display_complaint():
    """Why no window can open here, as a sentence, or an empty text."""
    if not has_display():
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    code, output = quietly(PYTHON, "-c", LOAD_QT)
    return f"the display does not answer.\n{output}\n" if code else ""


def apt_install(packages):
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    code, output = quietly(*command, env=env)
    if code:
        raise Stop(f"This could not be installed: {' '.join(packages)}. apt-get said:\n{output}")


def available_packages(names):
    """The names as this Debian or Ubuntu knows them; where it knows none of them (no lists yet), as they were given."""
    if is_root():
        quietly("apt-get", "update")
    spellings = [[known for known in (name, name + "t64") if apt_knows(known)][:1] for name in names]
    return [known for spelling in spellings for known in spelling] or list(names)


def apt_knows(name):
    code, output = quietly("apt-cache", "policy", name, env=dict(os.environ, LC_ALL="C"))
    return code == 0 and "Candidate:" in output and "Candidate: (none)" not in output


# --- commands ------------------------------------------------------------------------------------------------------


def run(arguments):
    setup()
    complaint = display_complaint()
    if not complaint:
        return call(PYTHON, "-m", "clinic_mapper", *arguments)
    if not arguments:
        say(f"No window can open: {complaint} The sample matter goes through the whole job instead.")
        arguments = ["demo", "--out", "demo-out"]
    return call(PYTHON, "-m", "clinic_mapper", *arguments, env=dict(os.environ, QT_QPA_PLATFORM="offscreen"))


CHECKS = {
    "style": [PYTHON, "-m", "ruff", "check"],
    "layout": [PYTHON, "-m", "ruff", "format", "--check"],
    "types": [PYTHON, "-m", "mypy"],
    "arrows": [PYTHON.with_name("lint-imports")],
}


def failed_checks():
    """Run style, layout, types and arrows; returns the names of those that failed, having shown what they said."""
    failed = []
    for name, command in CHECKS.items():
        code, output = quietly(*command)
        say(f"{name}: {'failed' if code else 'kept'}")
        if code:
            print(output)
            failed.append(name)
    return failed


def lint(_arguments):
    setup()
    return 1 if failed_checks() else 0


def test(arguments):
    setup()
    if arguments:
        return call(PYTHON, "-m", "pytest", *arguments, env=windowless())
    failed = failed_checks()
    if failed:
        say(f"These checks failed: {', '.join(failed)}. The tests run all the same; this run ends as failed.")
    # Last, so that its closing line is the last one printed. Tests of one file share what they make and stay together.
    code = call(PYTHON, "-m", "pytest", "-n", str(os.cpu_count() or 1), "--dist", "loadfile", env=windowless())
    return code or (1 if failed else 0)


def soak(arguments):
    setup()
    chosen = ["--hypothesis-profile=soak", "-m", "soak or hypothesis", "-o", "faulthandler_timeout=7200"]
    # Each core takes what is left: these tests share little, and one can take as long as a hundred others.
    chosen += ["-n", str(os.cpu_count() or 1), "--dist", "worksteal"]
    return call(PYTHON, "-m", "pytest", *chosen, *arguments, env=windowless())


def bench(arguments):
    setup()
    return call(PYTHON, "-m", "tests.bench", *arguments, env=windowless())


def build(_arguments):
    setup()
    spec = ROOT / "packaging" / "clinic_mapper.spec"
    folders = ["--distpath", ROOT / "dist", "--workpath", ROOT / "build"]
    must(
        *(PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders, spec),
        why="The folder could not be built; see above.",
    )
    program = ROOT / "dist" / "clinic-mapper" / ("clinic-mapper.exe" if WINDOWS else "clinic-mapper")
    say(f"Built {program}; trying it")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return call(program, "self-test", env=windowless(bare))


def lock(_arguments):
    uv = shutil.which("uv")
    if uv is None:
        raise Stop("Writing the locks takes uv, which is not here. Install it (pipx install uv), then try again.")
    plain = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-emit-index-url"]
    runtime, dev = LOCKS / "runtime.txt", LOCKS / "dev.txt"
    for target, more in ((dev, ["--extra", "dev"]), (runtime, ["--constraint", dev])):
        must(uv, "pip", "compile", "--quiet", *plain, *more, "-o", target, "pyproject.toml", why="The lock failed.")
    return 0


def clean(_arguments):
    made = [VENV, *(ROOT / name for name in ("build", "dist", "demo-out", ".pytest_cache", ".mypy_cache"))]
    made += [ROOT / name for name in (".ruff_cache", ".hypothesis", ".import_linter_cache")]
    made += [cache for top in ("clinic_mapper", "tests", "packaging") for cache in (ROOT / top).rglob("__pycache__")]
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / ".coverage").unlink(missing_ok=True)
    return 0


def show_help(_arguments):
    print(__doc__.strip())
    return 0


COMMANDS = {
    "setup": lambda _arguments: setup(),
    "run": run,
    "test": test,
    "lint": lint,
    "soak": soak,
    "bench": bench,
    "build": build,
    "lock": lock,
    "clean": clean,
    "help": show_help,
}


# --- the door ------------------------------------------------------------------------------------------------------


def say(sentence):
    print(f"· {sentence}", flush=True)


def last_line(text):
    return text.splitlines()[-1] if text else ""


def main(arguments):
    if sys.version_info < OLDEST:
        has = "{}.{}".format(*sys.version_info[:2])
        print(f"Clinic Mapper needs Python 3.11 or newer; this is Python {has} ({sys.executable}).", file=sys.stderr)
        return 1
    name = arguments[0] if arguments else "help"
    if name not in COMMANDS:
        print(f"There is no command {name}.\n\n{__doc__.strip()}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name](arguments[1:]) or 0
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
