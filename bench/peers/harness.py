"""What the peer programs share: workloads, worker processes, the choice of
settings, the clock.

A peer module defines a class with a batch size and a method `next_batch`, and
lists the settings worth trying. `main` tries them all, keeps the fastest and
then measures runs. Start-up, compilation and this choice are not timed.

    numpy_peer.py W1 --cores 2 --runs 5

prints one JSON line with the setting chosen and one for each run. With --wait
a run begins when a line arrives on standard input, so that programs can take
turns.
"""

import argparse
import json
import math
import multiprocessing
import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Workload:
    """Random networks on a grid; `side` grid points on each axis."""

    inputs: int
    hidden: tuple
    outputs: int
    activation: str
    side: int

    @property
    def sizes(self):
        return (self.inputs, *self.hidden, self.outputs)

    @property
    def points(self):
        return self.side**self.inputs

    @property
    def gain(self):
        """Weights have the standard deviation gain / sqrt(fan-in), biases 0.5."""
        return 2.0 if self.activation == "tanh" else math.sqrt(2)

    @property
    def range(self):
        """The ends of every axis."""
        return (-5, 5) if self.inputs == 1 else (-1, 1)


WORKLOADS = {
    "W1": Workload(1, (100,), 1, "tanh", 1001),
    "W2": Workload(1, (11, 9), 1, "tanh", 1001),
    "W3": Workload(2, (32, 32, 32), 1, "tanh", 128),
    "W4": Workload(2, (64, 64), 3, "relu", 256),
}


@dataclass(frozen=True)
class Setting:
    """One way to run a peer: processes, environment variables, chunk sizes."""

    processes: int
    environment: tuple  # of (name, value)
    chunk: tuple  # what the peer makes of it: networks and points at a time


class Crew:
    """Worker processes that compute the same peer with different seeds.

    Each worker has CPUs of its own. Processes start fresh (spawn), so that
    libraries read their environment variables again.
    """

    def __init__(self, make_peer, workload, cpus, setting):
        context = multiprocessing.get_context("spawn")
        share = len(cpus) // setting.processes
        self.pipes, self.processes = [], []
        with environment(setting.environment):
            for i in range(setting.processes):
                ours, theirs = context.Pipe()
                mine = cpus[i * share : (i + 1) * share]
                process = context.Process(
                    target=work, args=(theirs, make_peer, workload, mine, i), daemon=True
                )
                process.start()
                theirs.close()
                self.pipes.append(ours)
                self.processes.append(process)

    def prepare(self, chunk):
        """Makes the peers for a chunk and warms them up; networks per round of batches."""
        return sum(answer[0] for answer in self.ask(("prepare", chunk, 0)))

    def run(self, chunk, batches):
        """Runs so many batches on each worker; seconds, mean statistic."""
        start = time.perf_counter()
        answers = self.ask(("run", chunk, batches))
        seconds = time.perf_counter() - start
        return seconds, sum(a[0] for a in answers) / sum(a[1] for a in answers)

    def ask(self, question):
        for pipe in self.pipes:
            pipe.send(question)
        return [pipe.recv() for pipe in self.pipes]

    def close(self):
        for pipe, process in zip(self.pipes, self.processes):
            pipe.close()
            process.join()


def work(pipe, make_peer, workload, cpus, index):
    """The loop of a worker process; ends when the pipe is closed."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cpus)
    peers = {}
    while True:
        try:
            order, chunk, batches = pipe.recv()
        except EOFError:
            return
        if order == "prepare":
            peers[chunk] = make_peer(workload, len(cpus), chunk, seed=100 + index)
            peers[chunk].next_batch()
            pipe.send((peers[chunk].batch,))
        else:
            peer = peers[chunk]
            total = sum(int(peer.next_batch().sum()) for _ in range(batches))
            pipe.send((total, peer.batch * batches))


@contextmanager
def environment(pairs):
    """Sets environment variables for the processes started inside."""
    before = {name: os.environ.get(name) for name, _ in pairs}
    os.environ.update(pairs)
    yield
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def choose(make_peer, workload, cpus, settings):
    """The fastest of the settings on these CPUs.

    They take turns for a few short runs, so that a disturbance does not hit one
    alone, and each is judged by its shortest. Whoever is far behind drops out.
    """
    crews = {}
    trials = []
    for setting in settings:
        kind = (setting.processes, setting.environment)
        if kind not in crews:
            crews[kind] = Crew(make_peer, workload, cpus, setting)
        trials.append(Trial(setting, crews[kind]))
    for margin in (1.5, 1.3, 1.2, 1.1, 1.1, 1.0):
        for trial in trials:
            trial.run()
        best = min(trial.cost for trial in trials)
        trials = [trial for trial in trials if trial.cost <= margin * best]
    for crew in crews.values():
        crew.close()
    return trials[0].setting


class Trial:
    """A setting on trial; cost is its shortest time per network so far."""

    def __init__(self, setting, crew):
        self.setting, self.crew = setting, crew
        self.cost = math.inf
        self.networks = crew.prepare(setting.chunk)
        self.batches = batches_lasting(crew, setting.chunk, 0.1)

    def run(self):
        seconds, _ = self.crew.run(self.setting.chunk, self.batches)
        self.cost = min(self.cost, seconds / (self.networks * self.batches))


def batches_lasting(crew, chunk, seconds):
    """Batches for each worker that take about so long, at least one."""
    batches = 1
    while (taken := crew.run(chunk, batches)[0]) < seconds / 4:
        batches *= 2
    return max(1, round(batches * seconds / taken))


def main(name, make_peer, settings, describe):
    """Runs the command line of a peer.

    make_peer(workload, threads, chunk, seed) returns an object with `batch`, a
    number of networks, and `next_batch()`, which draws that many and returns
    the number of crossings or regions of each. settings(name, cores) lists
    what to try; describe() returns versions and the like as a dictionary.
    """
    parser = argparse.ArgumentParser(description=f"{name} draws random networks and counts")
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--cores", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a run, roughly")
    parser.add_argument("--wait", action="store_true", help="begin each run at a line on stdin")
    args = parser.parse_args()
    cpus = available_cpus()
    if not 1 <= args.cores <= len(cpus):
        parser.error(f"--cores: got {args.cores}, want 1 to {len(cpus)}")
    cpus = cpus[: args.cores]

    workload = WORKLOADS[args.workload]
    setting = choose(make_peer, workload, cpus, settings(args.workload, args.cores))
    crew = Crew(make_peer, workload, cpus, setting)
    size = crew.prepare(setting.chunk)
    batches = batches_lasting(crew, setting.chunk, args.seconds)
    about = {"peer": name, "workload": args.workload, "cores": args.cores}
    with environment(setting.environment):
        chosen = {"processes": setting.processes, "environment": dict(setting.environment)}
        tell(about | chosen | {"chunk": setting.chunk} | describe())
    for _ in range(args.runs):
        if args.wait and not sys.stdin.readline():
            break
        seconds, mean = crew.run(setting.chunk, batches)
        networks = size * batches
        tell(
            about
            | {
                "networks": networks,
                "seconds": round(seconds, 4),
                "networks_per_second": round(networks / seconds, 1),
                "mean": round(mean, 4),
            }
        )
    crew.close()


def available_cpus():
    """The CPUs that this process may use, in order."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count()))


def tell(answer):
    print(json.dumps(answer), flush=True)
