"""Who says what: statements, direct and reported, each with its cue and its claimants.

quotations, phrases, names   what stands between marks; noun phrases; names of agents
words                        the tables of reporting words
clauses                      where the clauses of a sentence begin and end
scope, subjects, verbs       how far a report reaches, who its subject is, which form it has
reports                      the reports of one sentence
cast                         who `he`, `the ministry` and short names stand for
continued                    sentences that go on with the source before
statements                   all of it put together: find_statements, claimants_at
"""
