package io.videottt.jobs.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.io.config.BoundedJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The process that a run belongs to, as its lease names it.
 *
 * @param host name of the machine, for people
 * @param machine what tells processes with one number apart: the machine's boot and the space of
 *     process numbers (of a container, say); empty where the system does not tell
 * @param pid number of the process
 * @param started when the process was started, milliseconds since 1970; 0 where that is not known
 */
public record LeaseOwner(String host, String machine, long pid, long started) {

  /** The system's clock may have been set between two looks at a process. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  /** The most bytes of a lease. */
  static final int LARGEST = 1 << 12;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  public LeaseOwner {
    Objects.requireNonNull(host);
    Objects.requireNonNull(machine);
  }

  /** This process. */
  public static LeaseOwner self() {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseOwner(hostName(), machineOfThisProcess(), process.pid(), started(process));
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String machineOfThisProcess() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /**
   * Whether the process still runs.
   *
   * @return empty where this process cannot see it
   */
  Optional<Boolean> isRunning() {
    if (machine.isEmpty() || !machine.equals(machineOfThisProcess())) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return Optional.of(process.isPresent() && isThis(started(process.get())));
  }

  /** Numbers of processes are given again. */
  private boolean isThis(long start) {
    return started == 0 || start == 0 || Math.abs(start - started) <= TOLERANCE.toMillis();
  }

  public byte[] json() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException("a record of plain values is always JSON", e);
    }
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @return empty when it is damaged
   */
  static Optional<LeaseOwner> read(byte[] json) {
    if (json.length > LARGEST) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readValue(json, LeaseOwner.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
