package io.videottt.jobs.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.OptionalDouble;

/**
 * How busy a machine was.
 *
 * @param average threads that ran or wanted to run in the last minute, absent where the system does
 *     not count them
 * @param processors of the machine, as far as the process may use them
 */
public record MachineLoad(OptionalDouble average, int processors) {

  /** The load of this machine at this moment. */
  public static MachineLoad now() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double average = system.getSystemLoadAverage();
    return new MachineLoad(
        average < 0 ? OptionalDouble.empty() : OptionalDouble.of(average),
        system.getAvailableProcessors());
  }
}
