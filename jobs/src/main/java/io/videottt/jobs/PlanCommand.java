package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what a sweep would run and how long it would take; runs nothing. */
@Command(
    name = "plan",
    description = {
      "Lists a sweep's tasks and units, their assumed cost, and the makespan on N slots.",
      "Costs are in predictions of one frame; a training pass over a sample counts as three."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt plan --config conf/sweeps/kitti-step.yaml --slots 4,8 --seconds 1.8"
    })
final class PlanCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private SweepOptions sweep;
  @Spec private CommandSpec spec;

  @Option(
      names = "--slots",
      split = ",",
      defaultValue = "1,2,4,8",
      paramLabel = "N",
      description = "Numbers of GPUs or task slots to simulate (default: ${DEFAULT-VALUE}).")
  private List<Integer> slots;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      paramLabel = "S",
      description = "Seconds that one frame's prediction takes (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Override
  public Integer call() {
    if (!(seconds > 0) || slots.stream().anyMatch(n -> n < 1 || n > 100_000)) {
      throw new InvalidInputException(
          "--seconds must be above 0 and --slots 1 to 100000, but they are %s and %s"
              .formatted(seconds, slots));
    }
    SweepPlan plan = new SweepPlanner(sweep.request(), HadoopSettings.standard()).plan();
    PrintWriter out = spec.commandLine().getOut();
    for (VideoTask task : plan.tasks()) {
      out.printf(
          Locale.ROOT,
          "%s %s %s: %d frames, %d units, cost %.0f, %s%n",
          task.dataset().name(),
          task.split(),
          task.video(),
          task.units().get(0).frames(),
          task.units().size(),
          task.cost(),
          ProgressLine.readable(task.cost() * seconds));
      task.groups().forEach(group -> print(out, group));
    }
    out.printf(
        "%d tasks, %d units, %s of computing%n",
        plan.tasks().size(), plan.units().size(), ProgressLine.readable(plan.cost() * seconds));
    List<Double> costs = plan.tasks().stream().map(VideoTask::cost).toList();
    for (int count : slots) {
      Makespan makespan = Makespan.longestFirst(costs, count);
      out.printf(
          Locale.ROOT,
          "%d slots: makespan %s, lower bound %s, idle %.1f %%%n",
          count,
          ProgressLine.readable(makespan.length() * seconds),
          ProgressLine.readable(makespan.lowerBound() * seconds),
          100 * makespan.idleShare());
    }
    out.flush();
    return 0;
  }

  /** Units that run together adapt once: only the first of them costs anything. */
  private static void print(PrintWriter out, UnitGroup group) {
    for (Unit unit : group.units()) {
      out.printf(
          Locale.ROOT,
          "  %s %-8s %-28s %-12s model %s seed %d cost %s%n",
          unit.id(),
          unit.task().id(),
          unit.method().id(),
          unit.variant(),
          unit.model(),
          unit.seed(),
          unit == group.first() ? String.format(Locale.ROOT, "%.0f", group.cost()) : "shared");
    }
  }
}
