"""Publishing: the finished site's links are checked, and what changed is sent."""
