"""Other people's solvers, each given the same model as ours. Imported only where they are asked."""
