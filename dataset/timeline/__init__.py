"""When an amount holds: time expressions resolved against the publication date, in EDTF.

words                                    the tables of time words and known events
dates, parts, relative, counts, lengths  readers of single expressions
windows, same, events                    from-to windows, repeated times, since the war began
tense, scope, asides, reach              which expression belongs to an amount
context, news                            what a sentence without one inherits
expressions, timeline                    all of it put together: Timeline.period_at
datelines                                the date that the page itself gives
"""
