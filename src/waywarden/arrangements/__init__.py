"""What has been agreed, and therefore who delivers what, where."""
