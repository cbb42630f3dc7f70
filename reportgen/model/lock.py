from reportgen.evidence.lock import Lock, LockEntry  # stands in until both move here

__all__ = ["Lock", "LockEntry"]
