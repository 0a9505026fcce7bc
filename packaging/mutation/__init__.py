"""Faults planted on purpose, one at a time: whether the tests of the coder see each of them.

A runner of our own, since the kept ones do not fit. mutmut 3.8 tries its mutants in forks of a
process that has run the tests already, so that whatever is read once (the rulebook) or remembered
(``lru_cache``) hides them; from a server process it took every one for a timeout; and it leaves
tables and decorated functions alone. cosmic-ray 8.7 rewrites the file and starts Python, Qt and
pytest anew for each of several thousand mutants.

Here the tests are collected once. For each fault a fork swaps the code of the one function for the
faulty one, forgets what was remembered, and runs the tests that enter that function until one fails:
those of its module first, then the fastest. Needs ``os.fork``, so Linux or macOS.

Defaults of methods, the fields of classes and the bases of enumerations are left alone.
"""
