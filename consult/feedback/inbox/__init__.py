"""The inbox of a service's team: what came in, filtered, told in words, taken away as a file."""
