"""Standards as texts that people write, and in words: drafts, checks, cells, sentences, comparison, trial."""
