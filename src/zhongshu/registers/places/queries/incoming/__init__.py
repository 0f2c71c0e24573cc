"""What a file would bring: read, checked against what is here, and compared with it. Nothing is written."""
