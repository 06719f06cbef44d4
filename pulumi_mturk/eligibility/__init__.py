"""Who may work: qualification requirements, their rules, and words for them.

`QualificationRequirement` and `Locale` are the API's structures, as a program writes them; the functions from
`country` to `production_only` write the usual ones. The provider parses each list once (`parse_requirements`); the
functions on lists take what that gives: they check, resolve names to ids, bring into the form that is sent, describe.

Rules as sets of workers: `admits` judges one `Worker`; `compare` says who comes in and who goes out by a change,
`subset` whether rules imply others, `contradictions` and `implied` what is wrong or needless within one list;
`in_words` and `rule_rows` tell a list. All take requirements in any form, and are exact by what is documented.
"""

from typing import TYPE_CHECKING

from pulumi_mturk.common.lazy_names import from_modules
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.parsing import flatten, parse_requirements
from pulumi_mturk.eligibility.qualification_requirement import (
    HasQualificationTypeId,
    QualificationRequirement,
    requirement,
)
from pulumi_mturk.eligibility.requirement import Requirement, Requirements, plain

if TYPE_CHECKING:
    from pulumi_mturk.eligibility.admission import Admission, admits
    from pulumi_mturk.eligibility.comparison import Comparison, Movement, Subset, compare, subset
    from pulumi_mturk.eligibility.conflicts import Contradiction, Implied, contradictions, implied
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
    from pulumi_mturk.eligibility.rule_text import in_words, rule_rows
    from pulumi_mturk.eligibility.worker import Worker

# Imported when they are first used: programs have no use for the checks of lists, the provider none for the helpers,
# and most of both none for sets of workers. (A function that has the name of its module must not be among them.)
_HOME_OF = {
    "Admission": "admission",
    "Comparison": "comparison",
    "Contradiction": "conflicts",
    "Implied": "conflicts",
    "Movement": "comparison",
    "Subset": "comparison",
    "Worker": "worker",
    "admits": "admission",
    "adult": "helpers",
    "approval": "helpers",
    "check_requirements": "list_validation",
    "compare": "comparison",
    "contradictions": "conflicts",
    "country": "helpers",
    "describe": "description",
    "hits_approved": "helpers",
    "holds": "helpers",
    "implied": "conflicts",
    "in_words": "rule_text",
    "locale": "helpers",
    "masters": "helpers",
    "not_country": "helpers",
    "production_only": "helpers",
    "resolve": "normalization",
    "rule_rows": "rule_text",
    "score": "helpers",
    "sent": "normalization",
    "subset": "comparison",
    "without": "helpers",
}

__all__ = [
    "Admission",
    "Comparison",
    "Contradiction",
    "HasQualificationTypeId",
    "Implied",
    "Locale",
    "Movement",
    "QualificationRequirement",
    "Requirement",
    "Requirements",
    "Subset",
    "Worker",
    "admits",
    "adult",
    "approval",
    "check_requirements",
    "compare",
    "contradictions",
    "country",
    "describe",
    "flatten",
    "hits_approved",
    "holds",
    "implied",
    "in_words",
    "locale",
    "masters",
    "not_country",
    "parse_requirements",
    "plain",
    "production_only",
    "requirement",
    "resolve",
    "rule_rows",
    "score",
    "sent",
    "subset",
    "without",
]


def __dir__() -> list[str]:
    return __all__


__getattr__ = from_modules(__name__, _HOME_OF)
