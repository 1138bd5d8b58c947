package io.videottt.jobs;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How long tasks take on several slots when the longest is started first (Graham's LPT rule), the
 * way Spark schedules a sweep.
 *
 * @param length when the last task ends
 * @param lowerBound no schedule is shorter: the larger of the mean load and the longest task
 * @param idleShare share of the slots' time that is not used
 */
record Makespan(double length, double lowerBound, double idleShare) {

  /**
   * Simulates the schedule.
   *
   * @param costs of the tasks, in any order
   * @param slots at least 1
   */
  static Makespan longestFirst(List<Double> costs, int slots) {
    PriorityQueue<Double> loads = new PriorityQueue<>();
    for (int i = 0; i < slots; i++) {
      loads.add(0.0);
    }
    costs.stream()
        .sorted(Comparator.reverseOrder())
        .forEach(cost -> loads.add(loads.remove() + cost));
    double length = loads.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double total = costs.stream().mapToDouble(Double::doubleValue).sum();
    double longest = costs.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double idle = length == 0 ? 0 : 1 - total / (length * slots);
    return new Makespan(length, Math.max(total / slots, longest), idle);
  }
}
