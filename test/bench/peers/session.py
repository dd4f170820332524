"""One kernel process and a client of it, both from jupyter_client, with a limit on every wait."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL

import psutil
import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager


class Broken(Exception):
    """What a kernel did wrong. The session is of no more use."""


@dataclass
class Answer:
    """What came for one cell before it was idle."""

    seconds: float
    status: str
    shown: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def text(self) -> str:
        return "".join(self.shown)


class Session:
    """Starts at once. `seconds_to_info` is from the spawn to the first kernel_info reply."""

    def __init__(self, name: str, specs: Path, directory: Path, environment: dict[str, str]):
        manager = KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False)
        self.manager = KernelManager(kernel_name=name, kernel_spec_manager=manager)
        # A client that tries again every 100 ms would measure its own patience.
        context = zmq.Context()
        context.setsockopt(zmq.RECONNECT_IVL, 5)
        start = time.perf_counter()
        self.manager.start_kernel(
            cwd=str(directory), env=environment, stdout=DEVNULL, stderr=DEVNULL
        )
        self.process = psutil.Process(self.manager.provisioner.pid)
        self.client = BlockingKernelClient(context=context)
        self.client.load_connection_info(self.manager.get_connection_info())
        self.client.start_channels()
        try:
            self._reply(self.client.kernel_info(), 60)
            self.seconds_to_info = time.perf_counter() - start
            self._await_output()
        except Broken:
            self.stop()
            raise

    def run(self, code: str, limit: float = 60, within: float | None = None) -> Answer:
        """Runs a cell until it is both answered and idle.

        `within`: seconds after which it is interrupted; the time then counts from there."""
        start = time.perf_counter()
        request = self.client.execute(code)
        answer = Answer(0, "")
        deadline = start + limit
        if within is not None:
            self._await_busy(request, answer, deadline)
            time.sleep(within)
            start = time.perf_counter()
            self.manager.interrupt_kernel()
        self._collect(request, answer, deadline)
        content = self._reply(request, max(1, deadline - time.perf_counter()))
        answer.seconds = time.perf_counter() - start
        answer.status = content["status"]
        answer.error = (
            answer.error or f"{content.get('ename', '')}: {content.get('evalue', '')}".strip(": ")
        )
        return answer

    def late(self, answer: Answer, enough: str | None = None, quiet: float = 1) -> bool:
        """Collects what comes after idle, of whatever cell, until `enough` came or it is quiet.

        Returns whether anything came."""
        before = len(answer.shown)
        while enough is None or answer.text.strip() != enough:
            try:
                message = self.client.get_iopub_msg(timeout=quiet)
            except (Empty, ValueError):
                break
            self._show(message, answer)
        return len(answer.shown) > before

    def memory(self) -> float:
        """The resident memory of the kernel's process tree, in MB."""
        total = 0
        for process in self._tree():
            try:
                total += process.memory_info().rss
            except psutil.Error:
                continue
        return total / 1e6

    def settle(self, quiet: int = 1, limit: float = 30) -> None:
        """Waits until the kernel has used less than 3 % of a core for `quiet` seconds in a row."""
        deadline = time.perf_counter() + limit
        before, idle = self._processor_seconds(), 0
        while idle < quiet and time.perf_counter() < deadline:
            time.sleep(1)
            now = self._processor_seconds()
            idle = idle + 1 if now - before < 0.03 else 0
            before = now

    def stop(self) -> None:
        tree = self._tree()
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        for process in tree:
            try:
                process.kill()
            except psutil.Error:
                continue
        self.client.context.destroy(linger=0)

    def _collect(self, request: str, answer: Answer, deadline: float) -> None:
        while True:
            message = self._output(deadline, answer)
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != request:
                continue
            if kind == "status" and content["execution_state"] == "idle":
                return
            self._show(message, answer)

    def _show(self, message: dict, answer: Answer) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            answer.shown.append(content["text"])
        elif kind in ("execute_result", "display_data"):
            answer.shown.append(str(content["data"].get("text/plain", "")))
        elif kind == "error":
            answer.error = f"{content['ename']}: {content['evalue']}"

    def _output(self, deadline: float, answer: Answer) -> dict:
        while True:
            left = deadline - time.perf_counter()
            if left <= 0:
                raise Broken(f"never idle{self._seen(answer)}")
            try:
                return self.client.get_iopub_msg(timeout=min(left, 1))
            except Empty:
                if not self._alive():
                    raise Broken(f"the kernel died{self._seen(answer)}") from None
            except ValueError as error:
                raise Broken(f"a message with an {str(error).lower()}") from None

    def _await_busy(self, request: str, answer: Answer, deadline: float) -> None:
        while True:
            message = self._output(deadline, answer)
            if (
                message["msg_type"] == "status"
                and message["parent_header"].get("msg_id") == request
            ):
                return

    def _await_output(self) -> None:
        """Asks until the answer is seen on IOPub too: only then does the client hear everything."""
        deadline = time.perf_counter() + 20
        while time.perf_counter() < deadline:
            self.client.kernel_info()
            try:
                self.client.get_iopub_msg(timeout=0.2)
            except Empty:
                continue
            try:
                while self.client.get_iopub_msg(timeout=0.2):
                    pass
            except Empty:
                return
        raise Broken("no status on IOPub for a kernel_info_request")

    def _reply(self, request: str, limit: float) -> dict:
        deadline = time.perf_counter() + limit
        while time.perf_counter() < deadline:
            try:
                message = self.client.get_shell_msg(timeout=0.5)
            except Empty:
                if not self._alive():
                    raise Broken("the kernel died") from None
                continue
            if message["parent_header"].get("msg_id") == request:
                return message["content"]
        raise Broken(f"no reply in {limit:.0f} s")

    def _seen(self, answer: Answer) -> str:
        lines = answer.text.count("\n")
        return f", {lines} lines shown" if lines else ""

    def _alive(self) -> bool:
        return self.process.is_running() and self.process.status() != psutil.STATUS_ZOMBIE

    def _tree(self) -> list[psutil.Process]:
        try:
            return [self.process, *self.process.children(recursive=True)]
        except psutil.Error:
            return []

    def _processor_seconds(self) -> float:
        total = 0.0
        for process in self._tree():
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            total += times.user + times.system
        return total
