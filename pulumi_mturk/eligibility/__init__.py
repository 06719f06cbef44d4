"""Who may work: qualification requirements, their rules, and words for them.

`QualificationRequirement` and `Locale` are the API's structures; the functions from `country` to `production_only`
write the usual ones. The rest is for the provider: checked at plan time, resolved to ids, put in words.
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
from pulumi_mturk.eligibility.normalization import resolve, sent
from pulumi_mturk.eligibility.parsing import flatten
from pulumi_mturk.eligibility.requirement import HasQualificationTypeId, Locale, QualificationRequirement, requirement

__all__ = [
    "HasQualificationTypeId",
    "Locale",
    "QualificationRequirement",
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
    "production_only",
    "requirement",
    "resolve",
    "score",
    "sent",
    "without",
]
