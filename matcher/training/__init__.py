"""Fitting what is in `models/`: scikit-learn is used here and nowhere else at run time."""
