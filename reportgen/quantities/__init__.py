"""Units, interval arithmetic, formulas, and how quantities print. Pure: no files, no clock."""
