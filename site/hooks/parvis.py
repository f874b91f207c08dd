"""mkdocs loads hooks by path: the work is in the package parvis_site."""

from parvis_site.hooks import on_config, on_files, on_page_content, on_page_markdown, on_post_build, on_post_page

__all__ = ["on_config", "on_files", "on_page_content", "on_page_markdown", "on_post_build", "on_post_page"]
