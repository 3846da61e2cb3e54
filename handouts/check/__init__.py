"""Rules over words, brands and finished bytes: a rule is a function that returns findings."""
