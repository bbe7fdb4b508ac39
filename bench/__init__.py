"""Measures beside their floors, in one run. `python -m bench`"""
