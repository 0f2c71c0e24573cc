"""What a folder in the making may be, how two differ, how saves meet: pure."""
