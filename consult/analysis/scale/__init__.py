"""Past one machine: themes learned on a sample, partitions of comments placed one by one."""
