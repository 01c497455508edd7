"""The question bank: model, loading, checks, proofs, tells, templates."""
