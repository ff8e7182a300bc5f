#!/usr/bin/env python3
"""The program on a virtual machine: a real kernel, a real udev, real USB serial adapters that
are plugged and pulled, systemd. `make rig-test` calls it; it needs minutes, and ../shared/rig.

    rig_test.py EXECUTABLE STAGE

EXECUTABLE is a release build of fairlead, STAGE a folder that `make install DESTDIR=` filled.
Each step says what it showed and how long it took; the first failure ends it.
"""
import json
import os
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RIG = os.environ.get("RIG", os.path.join(HERE, "../../../shared/rig"))
# A folder beside the repository, or beside its work trees.
for place in (RIG, os.path.join(HERE, "../../../../shared/rig")):
    if os.path.exists(os.path.join(place, "rig.py")):
        sys.path.insert(0, place)
from rig import Rig, RigError, nmea  # noqa: E402

EXECUTABLE, STAGE = sys.argv[1:3]
OUR = "/usr/local/bin/fairlead"
PORT = 10110
# Interpreted, the guest is ten times too slow, and the host has other work.
PATIENCE = 60


class PatientRig(Rig):
    """Adapters whose plugging and pulling may take its time."""

    def plug(self, name="usb0", port=None, serial=None, wait=PATIENCE):
        return super().plug(name, port, serial, wait)

    def unplug(self, name="usb0", wait=PATIENCE):
        super().unplug(name, wait)


class Steps:
    def __init__(self):
        self.began = self.last = time.monotonic()

    def done(self, text):
        now = time.monotonic()
        print(f"ok   {now - self.last:6.1f} s  {text}", flush=True)
        self.last = time.monotonic()

    def show(self, text):
        for line in text.rstrip().splitlines():
            print("              | " + line, flush=True)


def expect(condition, text):
    if not condition:
        raise RigError("failed: " + text)


def fixes(name, count=2000):
    """Fixes that tell which device they are from, each at another time."""
    for number in range(count):
        clock = f"{number // 3600 % 24:02}{number // 60 % 60:02}{number % 60:02}.00"
        yield nmea(f"GPGGA,{clock},5057.9700,N,00146.{name:04},E,1,08,1.1,4.0,M,46.9,M,,")


class Client:
    """A TCP client outside the machine."""

    def __init__(self, rig, seconds=PATIENCE):
        deadline = time.monotonic() + seconds
        self.data = b""
        while True:
            try:
                self.sock = socket.create_connection(("127.0.0.1", rig.ports["tcp", PORT]), 5)
                self.sock.settimeout(0.2)
                # The forwarder takes it even if nobody listens inside; then it ends at once.
                try:
                    if self.sock.recv(1, socket.MSG_PEEK) == b"":
                        raise ConnectionError("nobody listens inside")
                except TimeoutError:
                    pass
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def forget(self):
        self.pump(0.2)
        self.data = b""

    def pump(self, seconds=0.2):
        self.sock.settimeout(seconds)
        try:
            chunk = self.sock.recv(65536)
            if chunk == b"":
                raise RigError("failed: the client was cut off")
            self.data += chunk
        except TimeoutError:
            pass

    def lines(self):
        return self.data.split(b"\r\n")[:-1]

    def wait_for_fix(self, name, seconds=PATIENCE):
        """Waits for a whole fix of a device; all that has come must be whole sentences."""
        began = time.monotonic()
        while True:
            self.pump()
            for line in self.lines():
                expect(is_whole(line), f"half a sentence was published: {line!r}")
            if any(b",00146.%04d,E," % name in line for line in self.lines()):
                return time.monotonic() - began
            if time.monotonic() - began > seconds:
                came = self.data[-300:]
                raise RigError(f"no fix of device {name} in {seconds} s; came: {came!r}")


def is_whole(line):
    body, star, checksum = line[1:].partition(b"*")
    total = 0
    for byte in body:
        total ^= byte
    return line[:1] == b"$" and star == b"*" and checksum == b"%02X" % total


def devices(rig):
    return json.loads(rig.check([OUR, "devices", "--json"]))


def adapters(rig):
    return [device for device in devices(rig) if device["node"].startswith("/dev/ttyUSB")]


def without_systemd(steps):
    """Discovery and hot-plug by hand, with udev and without."""
    with PatientRig(forwards=[f"tcp:0:{PORT}"]) as rig:
        rig.push(EXECUTABLE, OUR)
        steps.done(f"booted kernel {rig.kernel}, {rig.accel}; {OUR} is there")
        expect(adapters(rig) == [], "an adapter is listed before any is plugged")
        job = rig.spawn([OUR, "run", "--source", "serial:auto", "--outlet", f"nmea=tcp:{PORT}"])
        job.wait_for("udev tells", seconds=PATIENCE, stream="stderr")
        client = Client(rig)
        steps.done("run says: " + last_line(job))
        hot_plug(rig, steps, job, client)
        listing(rig, steps)
        same_number(rig, steps)
        job.kill()
        job.wait(PATIENCE)
        no_udev(rig, steps)


def last_line(job):
    return bytes(job.stderr).decode().strip().splitlines()[-1]


def hot_plug(rig, steps, job, client):
    usb = rig.plug("usb0")
    usb.start_feed(fixes(0), hz=5)
    client.wait_for_fix(0)
    steps.done(f"plugged {usb.device}: fixes at the client outside; " + last_line(job))

    rig.unplug("usb0")
    job.wait_for("absent", seconds=PATIENCE, stream="stderr")
    steps.done("pulled: " + last_line(job))

    client.forget()
    other = rig.plug("usb1")
    expect(other.device == "/dev/ttyUSB0", f"usb1 is {other.device}")
    usb = rig.plug("usb0")
    expect(usb.device == "/dev/ttyUSB1", f"usb0 is {usb.device}")
    usb.start_feed(fixes(0), hz=5)
    took = client.wait_for_fix(0)
    steps.done(f"replugged as {usb.device}: fixes again, {took:.2f} s after the link was there")

    other.start_feed(fixes(1), hz=5)
    client.wait_for_fix(1)
    client.forget()
    client.wait_for_fix(0)
    client.wait_for_fix(1)
    steps.done("two devices at once: fixes of both")

    times = []
    for _ in range(10):
        rig.unplug("usb0")
        client.forget()
        usb = rig.plug("usb0")
        usb.start_feed(fixes(0), hz=10)
        times.append(client.wait_for_fix(0))
    steps.done("ten pulls in mid-stream, no half sentence; fixes again after "
               + " ".join(f"{t:.2f}" for t in times) + " s")


def listing(rig, steps):
    found = {device["serial"]: device for device in adapters(rig)}
    first = found["RIG-usb0"]
    expect(first["identity"] == "usb-0403:6001-RIG-usb0-if00", first["identity"])
    expect(first["driver"] == "ftdi_sio" and first["role"] == "bridge", str(first))
    expect(any("/by-id/" in link for link in first["links"]), str(first["links"]))
    expect(any("/by-path/" in link for link in first["links"]), str(first["links"]))
    expect(any("fairlead (process" in user for user in first["usedBy"]), str(first["usedBy"]))
    steps.done("fairlead devices:")
    steps.show(rig.check([OUR, "devices"]))


def same_number(rig, steps):
    """Two adapters that say the same serial number; udev's link can lead to one of them only."""
    watch = rig.spawn([OUR, "devices", "--watch", "--json"])
    watch.wait_for("RIG-usb1", seconds=PATIENCE)
    rig.plug("usb2", serial="COPY")
    rig.plug("usb3", serial="COPY", wait=0)
    watch.wait_for("/dev/ttyUSB3", seconds=PATIENCE)
    twins = [device["identity"] for device in adapters(rig) if device["serial"] == "COPY"]
    expect(len(set(twins)) == 2 and all("-at-" in twin for twin in twins), str(twins))
    rig.unplug("usb3", wait=0)
    watch.wait_for('"removed"', seconds=PATIENCE)
    watch.kill()
    rig.unplug("usb2", wait=0)
    rig.wait_path("/dev/ttyUSB2", exists=False)
    steps.done("two with one serial number are told apart: " + ", ".join(twins))


def no_udev(rig, steps):
    """As in a container: /run/udev is not there."""
    for name in ("usb0", "usb1"):
        rig.unplug(name)
    job = rig.spawn(f"exec unshare -m sh -c 'mount -t tmpfs none /run/udev && exec {OUR} run "
                    f"--source serial:/dev/ttyUSB0 --outlet nmea=tcp:{PORT}'")
    job.wait_for("watching /dev instead", seconds=PATIENCE, stream="stderr")
    client = Client(rig)
    job.wait_for("absent", seconds=PATIENCE, stream="stderr")
    usb = rig.plug("usb0")
    usb.start_feed(fixes(0), hz=5)
    client.wait_for_fix(0)
    rig.unplug("usb0")
    client.forget()
    usb = rig.plug("usb0")
    usb.start_feed(fixes(0), hz=5)
    client.wait_for_fix(0)
    steps.done("without udev /dev is watched; plugged, pulled and plugged again")
    steps.show("\n".join(bytes(job.stderr).decode().strip().splitlines()[-4:]))
    job.kill()
    job.wait(PATIENCE)


def readme_steps():
    """The commands of the README's section, as they stand there."""
    with open(os.path.join(HERE, "../../README.md")) as file:
        section = file.read().split("## Attach a receiver", 1)[1].split("\n## ", 1)[0]
    return [line[4:].split("  #")[0].strip() for line in section.splitlines()
            if line.startswith("    ")]


def with_systemd(steps):
    """Installed as the README says, started by the udev rule alone."""
    commands = readme_steps()
    expect(commands[0] == "sudo make install", f"the README begins with {commands[0]}")
    with PatientRig(forwards=[f"tcp:0:{PORT}"], systemd=True) as rig:
        steps.done(f"booted with systemd, {rig.accel}")
        rig.push(STAGE + "/usr/local", "/usr/local")
        rig.push(STAGE + "/etc/fairlead.yaml", "/etc/fairlead.yaml")
        # What `make install` does on the machine itself.
        rig.check(["systemctl", "daemon-reload"])
        rig.check(["udevadm", "control", "--reload"])
        # Clients outside come by the network card: a decision, as the README says.
        rig.check(["sh", "-c", "mkdir -p /etc/systemd/system/fairlead.socket.d && printf "
                   "'[Socket]\\nListenStream=\\nListenStream=10110\\n' "
                   ">/etc/systemd/system/fairlead.socket.d/10-everybody.conf && "
                   "systemctl daemon-reload"])
        expect(rig.run(["systemctl", "is-active", "fairlead.service"]).rc != 0, "active already")
        faults = rig.check(["sh", "-c", "udevadm test /sys/class/tty/ttyS0 2>&1 | "
                            "grep 60-fairlead.rules: || true"])
        expect(faults == "", faults)
        steps.done("installed; udev finds no fault in the rules; nothing runs yet")
        by_rule_alone(rig, steps)
        follow_readme(rig, steps, commands[1:])
        watchdog(rig, steps)
        one_device_unit(rig, steps)


def by_rule_alone(rig, steps):
    usb = rig.plug("usb0")
    usb.start_feed(fixes(0), hz=5)
    rig.check(["sh", "-c", "for i in $(seq 300); do systemctl is-active -q fairlead.service && "
               "exit 0; sleep 0.2; done; systemctl status fairlead.service; exit 1"],
              timeout=PATIENCE * 3)
    client = Client(rig)
    client.wait_for_fix(0, PATIENCE * 2)
    steps.done(f"plugged {usb.device}: the rule started fairlead.service, fixes outside")
    status = "systemctl status fairlead.service --no-pager -l | head -20"
    steps.show(rig.check(["sh", "-c", status]))
    expect(rig.check(["stat", "-Lc", "%a %G", usb.device]).strip() == "660 dialout",
           "mode and group")
    expect(rig.check(["readlink", "/dev/gps0"]).strip() == "ttyUSB0", "/dev/gps0")
    user = rig.check(["sh", "-c", "ps -o user= -p $(systemctl show -P MainPID fairlead)"]).strip()
    expect(user not in ("root", ""), f"runs as {user}")
    steps.done(f"{usb.device} is 0660 root:dialout and /dev/gps0; the service runs as {user}")

    rig.unplug("usb0")
    wait_for_journal(rig, "absent")
    client.forget()
    second = rig.plug("usb1")
    usb = rig.plug("usb0")
    usb.start_feed(fixes(0), hz=5)
    second.start_feed(fixes(1), hz=5)
    client.wait_for_fix(0, PATIENCE * 2)
    client.wait_for_fix(1, PATIENCE * 2)
    links = rig.check(["sh", "-c", "readlink /dev/gps0 /dev/gps1"]).split()
    expect(sorted(links) == ["ttyUSB0", "ttyUSB1"], str(links))
    steps.done(f"pulled: the journal says absent; back as {usb.device} beside a second: both run")
    journal = rig.check(["journalctl", "-u", "fairlead.service", "-o", "cat", "--no-pager"])
    steps.show(journal)
    expect("udev says nothing" not in journal, "udev was taken for mute")
    expect("permission denied" not in journal, "a node was open before its permissions were set")


def watchdog(rig, steps):
    """Fed, it lets the service be; a process that stands still is started anew."""
    restarts = ["systemctl", "show", "-P", "NRestarts", "fairlead.service"]
    time.sleep(40)
    expect(rig.check(restarts).strip() == "0", "the watchdog bit a healthy service")
    rig.check("kill -STOP $(systemctl show -P MainPID fairlead.service)")
    rig.check("for i in $(seq 600); do [ $(" + " ".join(restarts) + ") = 1 ] && "
              "systemctl is-active -q fairlead.service && exit 0; sleep 0.2; done; exit 1",
              timeout=PATIENCE * 3)
    client = Client(rig)
    client.wait_for_fix(0, PATIENCE * 2)
    steps.done("the watchdog let 40 s pass, then replaced a process that was stopped; fixes again")


def wait_for_journal(rig, word):
    rig.check(["sh", "-c", f"for i in $(seq 300); do journalctl -u fairlead.service -o cat | "
               f"grep -q '{word}' && exit 0; sleep 0.2; done; exit 1"], timeout=PATIENCE * 3)


def follow_readme(rig, steps, commands):
    for command in commands:
        command = command.removeprefix("sudo ")
        job = rig.run(command, timeout=PATIENCE)
        text = (job.stdout + job.stderr).decode(errors="replace")
        expect(job.rc in (0, 124), f"{command} ended with {job.rc}: {text}")
        steps.done(f"as in the README: {command}")
        steps.show(text[:800])


def one_device_unit(rig, steps):
    rig.check(["systemctl", "stop", "fairlead.service"])
    rig.check(["systemctl", "start", "fairlead@gps0.service"], timeout=PATIENCE * 2)
    program = ("import socket; s = socket.socket(socket.AF_UNIX); "
               "s.connect('/run/fairlead-gps0/nmea'); s.settimeout(60); print(s.recv(200))")
    heard = rig.check(["python3", "-c", program], timeout=PATIENCE * 2)
    expect("$GPGGA" in heard, heard)
    steps.done("fairlead@gps0.service: one device by itself, at its own socket")
    rig.check(["systemctl", "stop", "fairlead@gps0.service"])


def main():
    steps = Steps()
    try:
        without_systemd(steps)
        with_systemd(steps)
    except (RigError, OSError, KeyError, subprocess.SubprocessError) as error:
        print(f"FAIL {error}", flush=True)
        return 1
    print(f"rig-test passed in {time.monotonic() - steps.began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
