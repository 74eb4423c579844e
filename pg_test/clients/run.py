"""Runs the programs of docs/from_programs.md against the demo's book, and compares what they print with what is shown there.

    make clients                                    installs the clients that are missing
    pg_test/server env target/venv/bin/python pg_test/clients/run.py --write    writes what they print into the page

Python runs in the environment of pg_test/venv, Java from its source with Debian's JDBC driver, node with `pg` from
target/clients. The private server listens on a Unix socket alone, which Java reaches by UnixSocket.java."""

import os
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
page = root / "docs/from_programs.md"
work = root / "target/clients"
database = f"pg_bond_clients_{os.getpid()}"
driver = "/usr/share/java/postgresql.jar"
socket = f"{os.environ['PGHOST']}/.s.PGSQL.{os.environ['PGPORT']}"
url = f"jdbc:postgresql://localhost/{database}?user={os.environ['PGUSER']}&socketFactory=UnixSocket&socketFactoryArg={socket}"
block = re.compile(r"```(python|java|javascript)\n(.*?)```\n\n```text\n(.*?)```\n", re.S)


def psql(*arguments, **more):
    subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *arguments], check=True, stdout=subprocess.DEVNULL, **more)


def command(language, source):
    """How a program is run, from its source in a file."""
    name, line = {
        "python": ("program.py", [sys.executable, "program.py"]),
        "javascript": ("program.mjs", ["node", "program.mjs"]),
        "java": ("Bonds.java", ["java", "-cp", f"{driver}:.", "Bonds.java", url]),
    }[language]
    (work / name).write_text(source)
    return line


def make_database():
    psql("-d", "postgres", "-c", f"CREATE DATABASE {database}")
    psql("-d", database, "-c", "SET client_min_messages = warning", "-c", "CREATE EXTENSION pg_bond")
    for file in sorted((root / "migrations").glob("*.sql")):
        psql("-d", database, "-f", file)
    psql("-d", database, "-f", "01_book.sql", cwd=root / "examples")


def main(write):
    text, wrong = page.read_text(), []
    programs = [match.groups() for match in block.finditer(text)]
    if {language for language, _, _ in programs} != {"python", "java", "javascript"}:
        sys.exit(f"{page.name} has no program in one of the three languages")
    work.mkdir(parents=True, exist_ok=True)
    subprocess.run(["javac", "-d", work, root / "pg_test/clients/UnixSocket.java"], check=True)
    environment = {**os.environ, "PGDATABASE": database, "PYTHONWARNINGS": "ignore"}
    try:
        make_database()
        for language, source, shown in programs:
            line = command(language, source)
            ran = subprocess.run(line, cwd=work, env=environment, capture_output=True, text=True, timeout=120)
            heading = text[: text.index(source)].rsplit("\n## ", 1)[1].split("\n", 1)[0]
            if write:
                text = text.replace(f"{source}```\n\n```text\n{shown}```", f"{source}```\n\n```text\n{ran.stdout}```")
                print(ran.stderr, end="")
            elif ran.returncode or ran.stdout != shown:
                wrong.append(f"{heading} printed\n{ran.stdout}{ran.stderr}instead of\n{shown}")
            print(f"{heading}: {len(ran.stdout.splitlines())} lines {'written' if write else 'compared'}")
    finally:
        psql("-d", "postgres", "-c", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    if write:
        page.write_text(text)
    if wrong:
        sys.exit("\n".join(wrong))


main(sys.argv[1:] == ["--write"])
