"""The screens of an import: take in, choose columns, review, confirm, report."""
