"""A scheduler and two worker processes, as a program that ends with its standard input.

Prints the scheduler's address and the numbers of the workers' processes.
"""

import sys

from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        workers = [nanny.pid for nanny in cluster.workers.values()]
        print(cluster.scheduler_address, *workers, flush=True)  # noqa: T201
        sys.stdin.read()
