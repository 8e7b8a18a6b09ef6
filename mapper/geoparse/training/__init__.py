"""Training and cross-validation of the geoparser's small models on public corpora. Never imported at run time."""
