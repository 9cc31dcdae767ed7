"""The figures of the project: ./run bench. Ratios are taken within one run, and a bound missed gives exit status 1."""
