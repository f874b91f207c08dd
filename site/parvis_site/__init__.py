"""The static site: forms and macros rendered at build, strict CSP, precache list, weight.

`python -m parvis_site.build` makes everything in build/; the hooks of mkdocs call `parvis_site.hooks`.
"""
