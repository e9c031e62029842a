"""What a process that reads a stranger's file may take of memory and of processor time."""

import sys


def limit_this_process(memory_bytes: int, processor_s: int) -> None:
    """Let the system end this process, or refuse it memory, when it takes more."""
    if sys.platform == "win32":
        from station.roster.windows_job import limit_memory

        limit_memory(memory_bytes)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_s, processor_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
