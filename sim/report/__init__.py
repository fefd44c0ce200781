"""Output for readers: answers, text pages, HTML reports, charts, wording."""
