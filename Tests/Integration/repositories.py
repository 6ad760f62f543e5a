"""Repositories that tests make: git as a user has it, and this package as others clone it."""

import os
import pathlib
import shutil
import subprocess

AUTHOR = {
    "GIT_AUTHOR_NAME": "Maria", "GIT_AUTHOR_EMAIL": "maria@example.com",
    "GIT_COMMITTER_NAME": "Maria", "GIT_COMMITTER_EMAIL": "maria@example.com",
}


def git(folder, *arguments):
    """Runs git in a folder; gives what it prints."""
    done = subprocess.run(
        ["git", "-C", folder, *arguments], capture_output=True, text=True, check=True,
        env={**os.environ, **AUTHOR})
    return done.stdout.strip()


def commit_all(folder, message="Change"):
    """Commits everything below a folder without running hooks; gives the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def clone_of_work_tree(root, folder):
    """Makes a repository of the package's files as they are now, committed or not."""
    names = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in filter(None, names):
        source = pathlib.Path(root) / name
        if not source.exists():
            continue  # deleted, and not committed yet
        target = pathlib.Path(folder) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit_all(folder, "The package")
    return folder
