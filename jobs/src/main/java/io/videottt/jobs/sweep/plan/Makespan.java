package io.videottt.jobs.sweep.plan;

import java.util.List;
import java.util.PriorityQueue;

/**
 * How long tasks take on several slots when they are started in order, each on the slot that is
 * free first (Graham's list scheduling), the way Spark runs a sweep. With the longest task first it
 * is his LPT rule.
 *
 * @param length when the last task ends
 * @param lowerBound no schedule is shorter: the larger of the mean load and the longest task
 * @param idleShare share of the slots' time that is not used
 */
public record Makespan(double length, double lowerBound, double idleShare) {

  /**
   * Simulates the schedule.
   *
   * @param costs of the tasks, in the order in which they are started
   * @param slots at least 1
   */
  public static Makespan simulate(List<Double> costs, int slots) {
    PriorityQueue<Double> loads = new PriorityQueue<>();
    for (int i = 0; i < slots; i++) {
      loads.add(0.0);
    }
    costs.forEach(cost -> loads.add(loads.remove() + cost));
    double length = loads.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double total = costs.stream().mapToDouble(Double::doubleValue).sum();
    double longest = costs.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double idle = length == 0 ? 0 : Math.max(0, 1 - total / (length * slots));
    return new Makespan(length, Math.max(total / slots, longest), idle);
  }
}
