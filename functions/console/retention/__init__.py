"""`parvis retention`: what the town's rules no longer let it keep is counted, then removed when asked.

gather: one walk through the tables -> what was seen; functions.domain.retention: what is due; apply: removes it, under
conditions; report: what is told.
"""
