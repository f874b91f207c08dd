"""The `parvis` import: a CSV file of a town becomes family files. Everything but plan.py is pure."""
