"""The developer's chores. Standard library only: they make everything else available."""
