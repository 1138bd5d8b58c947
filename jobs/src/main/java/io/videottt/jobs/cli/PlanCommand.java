package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.query.MeasuredCosts;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.CostModel;
import io.videottt.jobs.sweep.plan.Makespan;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import io.videottt.jobs.sweep.plan.WorkSplit;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what a sweep would run and how long it would take; runs nothing. */
@Command(
    name = "plan",
    description = {
      "Lists a sweep's tasks and units, what they cost, and the makespan on N GPUs for both "
          + "splits.",
      "Costs are measured ones with --results, else assumed ones; the first line says " + "which."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt plan --config conf/sweeps/kitti-step.yaml --gpus 4,8 --seconds 1.8"
    })
public final class PlanCommand implements Callable<Integer> {

  private static final int MOST_SLOTS = 100_000;

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private SweepOptions sweep;
  @Mixin private SchedulingOptions scheduling;
  @Mixin private SparkOptions spark;
  @Spec private CommandSpec spec;

  @Option(
      names = {"--gpus", "--slots"},
      split = ",",
      defaultValue = "1,2,4,8",
      paramLabel = "N",
      description = "Numbers of GPUs or task slots to simulate (default: ${DEFAULT-VALUE}).")
  private List<Integer> slots;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      paramLabel = "S",
      description =
          "Seconds that one frame's prediction is assumed to take without --results "
              + "(default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Override
  public Integer call() throws IOException {
    if (!(seconds > 0 && Double.isFinite(seconds))
        || slots.stream().anyMatch(n -> n < 1 || n > MOST_SLOTS)) {
      throw new InvalidInputException(
          "--seconds must be above 0 and --gpus 1 to %d, but they are %s and %s"
              .formatted(MOST_SLOTS, seconds, slots));
    }
    SweepPlanner planner = new SweepPlanner(sweep.request(), HadoopSettings.of(spark.settings()));
    SweepPlan videos = planner.plan();
    CostModel costs = costs();
    videos = videos.costed(costs);
    SweepPlan plan = videos.split(scheduling.scheduling().split());
    PrintWriter out = spec.commandLine().getOut();
    out.println("costs " + costs.describe(plan.groups()));
    planner.leftOut().forEach(out::println);
    plan.tasks().forEach(task -> print(out, task));
    out.printf(
        "%d tasks, %d units, %s of computing%n",
        plan.tasks().size(), plan.units().size(), ProgressLine.readable(plan.cost()));
    for (int count : slots) {
      for (WorkSplit split : WorkSplit.values()) {
        print(out, videos.split(split), split, count);
      }
    }
    out.flush();
    return planner.missingVideos().isEmpty()
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private CostModel costs() throws IOException {
    if (scheduling.scheduling().results().isEmpty()) {
      return new AssumedCosts(seconds);
    }
    String folder = scheduling.scheduling().results().get();
    MeasuredCosts.requireResults(folder, HadoopSettings.of(spark.settings()));
    try (SparkSession session = SparkSessions.start("plan", spark.settings())) {
      return MeasuredCosts.read(session, folder);
    }
  }

  private static void print(PrintWriter out, SweepPlan plan, WorkSplit split, int slots) {
    List<Double> costs = plan.tasks().stream().map(VideoWork::cost).toList();
    Makespan makespan = Makespan.simulate(costs, slots);
    out.printf(
        Locale.ROOT,
        "%d GPUs, --task-per %s: makespan %s, lower bound %s, idle %.1f %%%n",
        slots,
        split.name().toLowerCase(Locale.ROOT),
        ProgressLine.readable(makespan.length()),
        ProgressLine.readable(makespan.lowerBound()),
        100 * makespan.idleShare());
  }

  private static void print(PrintWriter out, VideoWork task) {
    out.printf(
        Locale.ROOT,
        "%s %s %s: %d frames, %d units, %s%n",
        task.dataset().name(),
        task.split(),
        task.video(),
        task.units().get(0).frames(),
        task.units().size(),
        ProgressLine.readable(task.cost()));
    task.groups().forEach(group -> print(out, group));
  }

  /** Units that run together adapt once: only the first of them costs anything. */
  private static void print(PrintWriter out, AdaptationWork group) {
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
          unit == group.units().get(0)
              ? String.format(Locale.ROOT, "%.1f s", group.cost())
              : "shared");
    }
  }
}
