"""Mutants made by operators: for each row of each flow table somebody who does that row, and only that, wrong.

    leave-out               the row is not done
    twice                   it is done twice
    too-early               it is done before the row before it
    wrong-actor             it is done towards another actor of the same type, or an impacted one
    goes-on-after-failure   it fails, and nobody minds
    reports-without-doing   it is said to be done, with plausible facts, and is not

Nothing here knows a use case. Which rows there are is read from features/, which steps of which plan do a row from
harness/smm/plans/, and what scenarios come to with correct parts from a run of each of them (trace.py). Only who does
what a rule judges, where it is not the SMM by the steps of its plan, is data: works.yaml, a line a rule.

A new use case has its operators with its plan and its features. It adds a line to works.yaml for a new rule that judges
what an entity does by itself, and an entry there for a new kind of work or report.

What a generated mutant is held to stands in trial.py.
"""
