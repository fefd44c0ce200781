"""Executor on a Dask cluster: one at an address, or one started from processes on this machine.

Only this module uses the cluster library, which it imports on first use.
"""

from __future__ import annotations

import logging
import pickle
import re
import signal
from contextlib import ExitStack
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, ClassVar, Final

from sim.engine.blocks import Block
from sim.errors import SimError, UsageError, install_command
from sim.experiment.executors.interface import Advance, Executor, Job, Stop, play_block, split
from sim.experiment.executors.processes import no_main_module
from sim.experiment.store.identity import model_version

if TYPE_CHECKING:
    from distributed import Client

ANSWER_S: Final = 5.0
"""Seconds to wait for the scheduler to answer, and then for a first worker."""

_LABEL: Final = r"[^\s:/\[\].]{1,63}"
"""Part of a host's name between two dots; the domain name system has no longer ones."""

_ADDRESS: Final = re.compile(
    rf"tcp://(\[[0-9a-fA-F:]{{1,45}}\]|{_LABEL}(\.{_LABEL}){{0,126}}\.?):[0-9]{{1,5}}"
)


class Cluster(Executor):
    """Plays on the workers of a Dask scheduler.

    If a worker is lost, other workers play its unfinished blocks again.

    Args:
        count: Number of worker processes to start on this machine; ignored with a scheduler.
        scheduler: Address of a running scheduler, `tcp://HOST:PORT`; None to start one here.
    """

    name: ClassVar[str] = "dask"

    def __init__(self, count: int, scheduler: str | None = None) -> None:
        self.count = count
        self.scheduler = scheduler
        self._client: Client | None = None
        self._opened = ExitStack()
        self._packed: tuple[Job, bytes] | None = None

    def start(self) -> None:
        """Connects to the scheduler and waits for a worker.

        Raises:
            UsageError: The cluster library is missing, the scheduler does not answer, or it has
                no workers, or workers without this program.
        """
        try:
            import distributed
            from distributed.utils import silence_logging_cmgr
        except ImportError as error:
            raise UsageError(
                "--executor dask needs the package distributed, which is not installed: "
                f"{install_command('cluster')}, or choose --executor processes"
            ) from error
        with ExitStack() as opened:
            # Whatever matters in its log is reported as an error below, or repaired silently.
            opened.enter_context(silence_logging_cmgr(logging.CRITICAL))
            address = self.scheduler or self._start_here(opened)
            try:
                client = distributed.Client(address, timeout=ANSWER_S, set_as_default=False)
                opened.callback(client.close)
                client.wait_for_workers(1, timeout=ANSWER_S)
                # A worker that cannot unpickle its work would stop silently.
                client.run(metadata.version, "detente")
            except metadata.PackageNotFoundError as error:
                raise UsageError(
                    f"--scheduler {address}: detente is not installed on a worker; "
                    "install the same version on every worker"
                ) from error
            except TimeoutError as error:
                raise UsageError(
                    f"--scheduler {address}: the scheduler has no workers; "
                    f"start one with: dask worker {address}"
                ) from error
            except OSError as error:
                raise UsageError(
                    f"--scheduler {address} did not answer within {ANSWER_S:.0f} s; "
                    "is it running (dask scheduler), and can this machine reach it?"
                ) from error
            self._client = client
            self._opened = opened.pop_all()

    def play(
        self,
        job: Job,
        first: int,
        count: int,
        advance: Advance = lambda runs: None,
        stop: Stop = lambda: False,
    ) -> list[Block]:
        """Plays `count` replicates, starting with `first`, and returns their blocks in order.

        Raises:
            SimError: The cluster gave up on a block, or was lost.
            UsageError: A worker has another version of the program.
        """
        if self._client is None:
            self.start()
        assert self._client is not None
        from distributed import CancelledError, KilledWorker, as_completed

        packed, version = self._pack(job), model_version()
        workers = max(1, sum(self._client.nthreads().values()))
        ranges = split(job, first, count, workers)
        futures = {
            self._client.submit(_play_packed, version, packed, *piece, pure=False): piece
            for piece in ranges
        }
        done: dict[tuple[int, int], Block] = {}
        try:
            for future in as_completed(futures, loop=self._client.loop):
                done[futures[future]] = future.result()
                advance(futures[future][1])
                if stop():
                    break
        except KilledWorker as error:
            raise SimError(
                f"the cluster gave up on runs {first} to {first + count - 1}: the workers that "
                "played them died repeatedly; are they short of memory?"
            ) from error
        except (CancelledError, OSError) as error:
            raise SimError(
                f"the cluster at {self.scheduler} was lost; finished runs are kept, and the same "
                "command continues from there"
            ) from error
        finally:
            self._client.cancel([future for future in futures if futures[future] not in done])
        return [done[piece] for piece in ranges if piece in done]

    def close(self) -> None:
        """Disconnects from the scheduler, and stops it if it was started here."""
        self._client = None
        self._opened.close()

    def _start_here(self, opened: ExitStack) -> str:
        """Starts a scheduler and workers on this machine and returns the scheduler's address."""
        from distributed import LocalCluster

        # Workers may be restarted at any time, and must not find the user's script then.
        opened.enter_context(no_main_module())
        cluster = opened.enter_context(
            LocalCluster(
                n_workers=self.count,
                threads_per_worker=1,
                processes=True,
                dashboard_address=":0",
                silence_logs=logging.CRITICAL,
                preload=[__name__],
            )
        )
        return str(cluster.scheduler_address)

    def _pack(self, job: Job) -> bytes:
        """Returns a job as bytes, packed once per batch because packing takes longer than sending.

        The bytes are sent with each block: a copy placed on a worker would be lost with the worker.
        """
        if self._packed is None or self._packed[0] is not job:
            self._packed = job, pickle.dumps(job)
        return self._packed[1]


def check_address(address: str) -> None:
    """Checks the form of a scheduler's address.

    Raises:
        UsageError: The address is not of the form `tcp://HOST:PORT`.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f"--scheduler {address}: expected the address of a Dask scheduler as tcp://HOST:PORT, "
            "e.g. tcp://10.0.0.5:8786"
        )


def dask_setup(_worker: object) -> None:
    """Makes a worker ignore Ctrl-C, which its parent handles; Dask calls this function by name."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _play_packed(version: str, packed: bytes, first: int, count: int) -> Block:
    """Plays a block on a worker.

    Raises:
        UsageError: The worker has another version of the model, whose runs would differ, or keeps
            it in other modules.
    """
    if model_version() != version:
        raise UsageError(
            f"a worker of the cluster has version {model_version()} of the model, this program "
            f"{version}; install the same version of detente on every worker"
        )
    try:
        job = _unpacked(packed)
    except (AttributeError, ImportError) as error:
        raise UsageError(
            f"a worker of the cluster has the same model in other places ({error}); "
            "install the same version of detente on every worker"
        ) from error
    return play_block(job, first, count)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Job:
    job = pickle.loads(packed)  # noqa: S301 - made by _pack, sent by the program that asks
    assert isinstance(job, Job)
    return job
