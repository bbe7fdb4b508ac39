"""The cohort report: the paper's figures and tables of a clinic's own patients.

Chen ZL et al., Chin J Gastrointest Surg 2024;27(11):1149; methods and limits in ADR 0029.
"""
