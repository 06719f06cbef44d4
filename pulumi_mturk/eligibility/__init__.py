"""Who may work: qualification requirements, their rules, and words for them.

`QualificationRequirement` and `Locale` are the API's structures, as a program writes them; the functions from
`country` to `production_only` write the usual ones. The provider parses each list once (`parse_requirements`); the
functions on lists take what that gives: they check, resolve names to ids, bring into the form that is sent, describe.
"""

from pulumi_mturk.eligibility.description import describe
from pulumi_mturk.eligibility.helpers import (
    adult,
    approval,
    country,
    hits_approved,
    holds,
    locale,
    masters,
    not_country,
    production_only,
    score,
    without,
)
from pulumi_mturk.eligibility.list_validation import check_requirements
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.normalization import resolve, sent
from pulumi_mturk.eligibility.parsing import flatten, parse_requirements
from pulumi_mturk.eligibility.qualification_requirement import (
    HasQualificationTypeId,
    QualificationRequirement,
    requirement,
)
from pulumi_mturk.eligibility.requirement import Requirement, Requirements, plain

__all__ = [
    "HasQualificationTypeId",
    "Locale",
    "QualificationRequirement",
    "Requirement",
    "Requirements",
    "adult",
    "approval",
    "check_requirements",
    "country",
    "describe",
    "flatten",
    "hits_approved",
    "holds",
    "locale",
    "masters",
    "not_country",
    "parse_requirements",
    "plain",
    "production_only",
    "requirement",
    "resolve",
    "score",
    "sent",
    "without",
]
