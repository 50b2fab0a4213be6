"""Events: decisions and happenings that an article tells, by the verbs and nouns that trigger them.

The types and words are tables: `event_types.csv` with the PLOVER class of each (Halterman et al. 2023,
"PLOVER and POLECAT"), `event_verbs.csv`, `event_nouns.csv`, `event_objects.csv` and `event_governors.csv`.
"""
