"""What is reported to management. Reports get their data as arguments and give back bytes."""

from pipeline.reports.monthly import MonthReport, month_report

#: Every report there is, by the name it is asked for: `run.py report` and the scheduler look here.
REPORTS = {"monthly": month_report}

__all__ = ["REPORTS", "MonthReport", "month_report"]
