"""One machine instead of AWS: the engine, the mailbox, the jobs loop and the web server, started and stopped as one."""
