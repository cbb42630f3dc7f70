"""From a source to a fact: sources saved, their numbers proposed, and what was chosen written into authors' YAML."""
