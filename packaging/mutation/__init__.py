"""Faults planted on purpose, one at a time: whether the tests of the coder see each of them.

A runner of our own, since the kept ones do not fit. mutmut tries its mutants in forks of a process
that has run the tests already, so that whatever is read once (the rulebook) or remembered
(``lru_cache``) hides them, and it leaves tables and decorated functions alone. cosmic-ray rewrites
the file and starts Python, Qt and pytest anew for each of several thousand mutants.

Here the tests are collected once. For each fault a fork swaps the code of the one function for the
faulty one, forgets what was remembered, and runs the tests that enter that function, fastest first,
until one fails. Needs ``os.fork``, so Linux or macOS.
"""
