"""What the search index knows of members, a file a kind; each registers its source."""

from members.search import experts, mini_clusters, organisations  # noqa: F401
