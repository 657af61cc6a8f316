"""MkDocs and ProperDocs: the plugin `asgi-docs` around the Markdown extension."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from asgi_docs.block.defaults import DEFAULTS, read_default
from asgi_docs.errors import AsgiDocsError, BlockError
from asgi_docs.hosts.markdown_page import logger

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from asgi_docs.package.site import Runtime

_EXTENSION = "asgi_docs"
_EXTENSION_NAMES = {
    _EXTENSION,
    "asgi_docs:makeExtension",
    "asgi_docs.hosts.markdown:AsgiDocsExtension",
}
_DEFAULTS = [option for option in DEFAULTS if option.name != "check"]
"""All but the one that in mkdocs.yml is of the build as a whole."""
_SUPERFENCES_NAMES = {"pymdownx.superfences", "pymdownx.extra"}


def package_after_build(
    config: MkDocsConfig, *, lock_urls: bool, project: str | bool | None, runtime: Runtime
) -> None:
    """Have the site packaged although only the Markdown extension is named, not the plugin."""
    handlers: list[Any] = config.plugins.events["post_build"]
    handler = _PackageSite(lock_urls, project, runtime)
    plugin = any(isinstance(each, AsgiDocsPlugin) for each in config.plugins.values())
    if not plugin and handler not in handlers:
        handlers.append(handler)


@dataclass(frozen=True)
class _PackageSite:
    """Writes the folder with all that the blocks of the site need: a handler of `post_build`."""

    lock_urls: bool
    project: str | bool | None
    runtime: Runtime

    def __call__(self, config: MkDocsConfig) -> None:
        from asgi_docs.package.checkout import project_setting
        from asgi_docs.package.docs_sources import UNPACKAGED_VARIABLE
        from asgi_docs.package.site import package_site

        if os.environ.get(UNPACKAGED_VARIABLE):
            return
        folder = Path(config.config_file_path).parent
        try:
            packaged = package_site(
                Path(config.site_dir),
                locks=folder / "asgi-docs",
                lock_urls=self.lock_urls,
                project=project_setting(self.project, folder),
                runtime=self.runtime,
                report=logger.info,
            )
        except AsgiDocsError as error:
            raise PluginError(str(error)) from None
        for remark in packaged.remarks:
            logger.info("%s", remark)


def _check_blocks(config: MkDocsConfig) -> None:
    from asgi_docs.check.blocks import check_site
    from asgi_docs.check.reports import summary
    from asgi_docs.check.results import all_failures

    site, sources = Path(config.site_dir), Path(config.docs_dir)
    try:
        results = check_site(site, sources=sources, report=logger.info)
    except AsgiDocsError as error:
        raise PluginError(str(error)) from None
    failures = list(all_failures(results))
    for each in failures:
        logger.warning("%s: %s", each.place, each.text)
    if failures:
        raise PluginError(summary(results))
    logger.info("%s", summary(results))


class _Default(BaseConfigOption[Any]):
    """An option of all blocks, checked as the option of one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def run_validation(self, value: object) -> object:
        if value is not None:
            try:
                read_default(self.name, value)
            except BlockError as problem:
                raise ValidationError(str(problem)) from None
        return value


class AsgiDocsConfig(Config):  # type: ignore[no-untyped-call]
    """What stands under `asgi-docs:` in mkdocs.yml."""

    app = _Default("app")
    path = _Default("path")
    requires = _Default("requires")
    env = _Default("env")
    mount = _Default("mount")
    lifespan = _Default("lifespan")
    run = _Default("run")
    edit = _Default("edit")
    height = _Default("height")

    files = config_options.ListOfItems(config_options.Type(str), default=[])
    """Patterns of Python files that are live wherever they are included."""

    lock_urls = config_options.Type(bool, default=True)
    """Whether lock files carry the addresses that packages are downloaded from."""

    project = config_options.Optional(config_options.Type[str | bool]((str, bool)))
    """Folder of the documented project; false: none; by default the one above, if required."""

    runtime = config_options.Choice[Literal["site", "cdn"]](("site", "cdn"), default="site")
    """Where readers get Pyodide from: the site itself, or a CDN."""

    package = config_options.Type(bool, default=True)
    """False leaves the packaging to a later `asgi-docs package`."""

    check = config_options.Type(bool, default=False)
    """Whether a build starts every live block, and fails when it, or one of its requests, does."""


class AsgiDocsPlugin(BasePlugin[AsgiDocsConfig]):  # type: ignore[no-untyped-call]
    """Adds the Markdown extension, and packages the site after the build."""

    def __init__(self) -> None:
        self.sources: set[Path] = set()
        self.server: LiveReloadServer | None = None
        self.watched: set[Path] = set()
        self.command = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A plugin with this event lives through all builds of `mkdocs serve`."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> None:
        """Add the extensions that the author has not named."""
        named = set(config.markdown_extensions)
        if not named & _SUPERFENCES_NAMES:
            config.markdown_extensions.append("pymdownx.superfences")
        ours = next((name for name in config.markdown_extensions if name in _EXTENSION_NAMES), None)
        if ours is None:
            ours = _EXTENSION
            config.markdown_extensions.append(ours)
        options: dict[str, Any] = config.mdx_configs.setdefault(ours, {})
        options["sources"] = self.sources
        for option in _DEFAULTS:
            if (value := self.config[option.name]) is not None:
                options[option.name] = value
        if self.config.files:
            options["files"] = self.config.files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the folder with all that the blocks of the site need."""
        self._watch_files()
        if self.config.package:
            settings = self.config
            _PackageSite(settings.lock_urls, settings.project, settings.runtime)(config)
            if settings.check and self.command != "serve":  # whoever writes has the preview
                _check_blocks(config)

    def on_serve(self, server: LiveReloadServer, /, **_: Any) -> None:
        """Rebuild when a file of a block changes."""
        self.server = server
        self._watch_files()

    def _watch_files(self) -> None:
        if self.server is None:
            return
        for file in sorted(self.sources - self.watched):
            if file.exists():
                self.server.watch(str(file))
                self.watched.add(file)
