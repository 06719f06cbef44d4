"""`workers_from_csv`, as a program calls it."""

from pulumi_mturk.rosters import csv_files
from pulumi_mturk.sdk.user_errors import without_a_traceback

workers_from_csv = without_a_traceback(csv_files.workers_from_csv)
