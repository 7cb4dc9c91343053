"""Build the briefing of one article: run the notebooks by papermill, render HTML and PDF.

python -m depesje.report data/articles/x.txt --published 2023-09-12 --language nb
"""

import argparse
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from depesje.article import ArticleError, Published, read_article
from depesje.messages import LOCALES, translator

NOTEBOOKS = ("01_extract.ipynb", "02_briefing.ipynb")
#: What is published beside the notebooks and the tables, the pages last.
OUTPUTS = ("tables.xlsx", "briefing.jsonld", "briefing.html", "briefing.pdf")


def build(
    article: str | Path,
    *,
    published: str | None = None,
    language: str = "en",
    reports: str | Path = "reports",
    notebooks: str | Path = "notebooks",
) -> Path:
    """Turn one article into ``reports/<slug>/``: the executed notebooks, the tables and `OUTPUTS`.

    Nothing of an earlier run is touched until all of it stands.

    Parameters
    ----------
    article
        The article's file.
    published
        Its publication date, ISO, of day, month or year precision; goes before the one in the file.
    language
        The language of the briefing, a key of ``depesje.messages.LOCALES``.
    reports, notebooks
        The folder of the outputs, and that of the notebooks.

    Returns
    -------
    Path
        The article's folder.

    Raises
    ------
    ArticleError
        The article, the date or the language cannot be used, or a notebook failed.
    """
    source = read_article(article, published)
    try:
        translator(language)
    except ValueError as error:
        raise ArticleError(str(error)) from None
    folder = Path(reports) / source.slug
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".building-") as building:
        work = Path(building)
        parameters = {
            "article": str(Path(article).resolve()),
            "published": published or "",
            "language": language,
            "tables": str((work / "tables").resolve()),
        }
        threading.Thread(target=_warm_up, daemon=True).start()
        for name in NOTEBOOKS:
            _run(Path(notebooks) / name, work / name, parameters, folder)
        _render(work)
        _publish(work, folder)
    return folder


def _run(notebook: Path, output: Path, parameters: dict[str, Any], folder: Path) -> None:
    import papermill  # takes a second to import: not before the input is known to be sound
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    try:
        # Sockets in a folder of this run's own: no port that another run could take, nothing open to the network.
        with tempfile.TemporaryDirectory(prefix="depesje-") as sockets:
            papermill.execute_notebook(
                str(notebook),
                str(output),
                parameters,
                cwd=str(notebook.parent),
                progress_bar=False,
                kernel_name="python3",
                start_timeout=600,
                extra_arguments=["--log-level=CRITICAL"],  # what fails in a cell comes back as an error
                config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}),
            )
    except PapermillExecutionError as error:
        kept = folder / f"failed-{notebook.name}"
        shutil.copyfile(output, kept)
        raise ArticleError(
            f"{parameters['article']}: {notebook.name} failed with {error.ename}: {error.evalue}; "
            f"open {kept} to see where."
        ) from None


def _warm_up() -> None:
    """Prepare the exporters while the notebooks run in processes of their own."""
    from depesje import render

    render.warm_up()


def _render(work: Path) -> None:
    from depesje import render

    executed = work / NOTEBOOKS[-1]
    render.to_json_ld(executed, work / "briefing.jsonld")
    render.to_html(executed, work / "briefing.html")
    render.to_pdf(executed, work / "briefing.pdf")


def _publish(work: Path, folder: Path) -> None:
    """Move what was built over what was there, the pages last."""
    for name in NOTEBOOKS:
        (folder / f"failed-{name}").unlink(missing_ok=True)
    tables = folder / "tables"
    if tables.exists():
        tables.rename(work / "tables-before")
    (work / "tables").rename(tables)
    for name in (*NOTEBOOKS, *OUTPUTS):
        (work / name).replace(folder / name)


def main(arguments: list[str] | None = None) -> int:
    """Build a briefing from the command line; the exit code is 0, or 1 with one sentence that says why."""
    parser = argparse.ArgumentParser(
        prog="python -m depesje.report", description="Build the briefing of one article."
    )
    parser.add_argument("article", help="the article's text file")
    parser.add_argument(
        "--published", default=os.environ.get("PUBLISHED") or None, help="2023-09-12, 2023-09 or 2023"
    )
    parser.add_argument("--language", default="en", help=f"of the briefing: {' or '.join(LOCALES)}")
    parser.add_argument("--reports", default="reports", help="the folder of the outputs")
    parser.add_argument("--notebooks", default="notebooks", help="the folder of the notebooks")
    options = parser.parse_args(arguments)
    try:
        if options.published:
            Published.parse(options.published)
        folder = build(
            Path(options.article).expanduser(),
            published=options.published,
            language=options.language,
            reports=options.reports,
            notebooks=options.notebooks,
        )
    except ArticleError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{folder / 'briefing.html'}\n{folder / 'briefing.pdf'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
