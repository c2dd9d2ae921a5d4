"""What is measured: each trial takes plain options and returns plain figures."""
