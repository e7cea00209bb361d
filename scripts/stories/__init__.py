"""Topics and stories, and comparisons of groups within the stories that both cover.

Takes the tables of documents, tokens, names, quotes and duplicates, and the user's words for topics.
Its tables: tables.yaml, beside it.
"""
