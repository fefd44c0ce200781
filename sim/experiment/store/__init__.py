"""The results folder: shards, identity, SQL."""
