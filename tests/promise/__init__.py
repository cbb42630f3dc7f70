"""What readers are promised, held against the shipped briefs as they are built."""
