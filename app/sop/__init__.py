"""The procedure as data: it imports nothing of ours."""
