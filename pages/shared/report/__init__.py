"""The report on a dialogue in words: what a PDF and a page are both written from.

Always in Swedish, as the case it is attached to: these words are not translated.
"""
