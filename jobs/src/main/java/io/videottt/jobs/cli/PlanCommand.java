package io.videottt.jobs.cli;

import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.jobs.query.MeasuredCosts;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.AssumedDevice;
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
      "The first line says where the costs come from: measured with --results; else by what "
          + "--seconds says or the sizes of models and frames. Without the models' folders it "
          + "plans by frames and methods alone."
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
  @Mixin private DeviceOption device;
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
      paramLabel = "S",
      description =
          "Seconds that one frame's prediction is assumed to take without --results, in place "
              + "of an estimate by the sizes of models and frames.")
  private Double seconds;

  @Override
  public Integer call() throws IOException {
    if (seconds != null && !(seconds > 0 && Double.isFinite(seconds))) {
      throw new InvalidInputException("--seconds is %s, expected more than 0".formatted(seconds));
    }
    for (int count : slots) {
      if (count < 1 || count > MOST_SLOTS) {
        throw new InvalidInputException(
            "--gpus is %d, expected 1 to %d".formatted(count, MOST_SLOTS));
      }
    }
    DeviceChoice.check(device.device());
    SweepPlanner planner =
        new SweepPlanner(sweep.request(), HadoopSettings.of(spark.settings()))
            .allowingMissingModels();
    SweepPlan videos = planner.plan();
    CostModel costs = costs(planner, videos);
    Print print = new Print(spec.commandLine().getOut(), costs.inSeconds(), planner.hasModels());
    videos = videos.costed(costs);
    SweepPlan plan = videos.split(scheduling.scheduling().split());
    PrintWriter out = spec.commandLine().getOut();
    out.println("costs " + costs.describe(plan.groups()));
    planner.leftOut().forEach(out::println);
    plan.tasks().forEach(print::task);
    out.printf(
        "%s, %s, %s of computing%n",
        Count.of(plan.tasks().size(), "task"),
        Count.of(plan.units().size(), "unit"),
        print.cost(plan.cost()));
    for (int count : slots) {
      for (WorkSplit split : WorkSplit.values()) {
        print.makespan(videos.split(split), split, count);
      }
    }
    out.flush();
    return planner.missingVideos().isEmpty()
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private CostModel costs(SweepPlanner planner, SweepPlan plan) throws IOException {
    if (scheduling.scheduling().results().isEmpty()) {
      return seconds == null
          ? planner.assumedCosts(
              plan,
              DeviceChoice.expectsGpu(device.device(), spark.settings())
                  ? AssumedDevice.GPU
                  : AssumedDevice.CPU)
          : new AssumedCosts(seconds);
    }
    String folder = scheduling.scheduling().results().get();
    MeasuredCosts.requireResults(folder, HadoopSettings.of(spark.settings()));
    try (SparkSession session = SparkSessions.start("plan", spark.settings())) {
      return MeasuredCosts.read(session, folder);
    }
  }

  /**
   * How a plan is printed.
   *
   * @param inSeconds whether costs are seconds, or predictions of a frame
   * @param identified whether the units' ids are what they will be
   */
  private record Print(PrintWriter out, boolean inSeconds, boolean identified) {

    String cost(double cost) {
      return inSeconds ? ProgressLine.readable(cost) : Count.of(Math.round(cost), "prediction");
    }

    void makespan(SweepPlan plan, WorkSplit split, int slots) {
      List<Double> costs = plan.tasks().stream().map(VideoWork::cost).toList();
      Makespan makespan = Makespan.simulate(costs, slots);
      out.printf(
          Locale.ROOT,
          "%s, --task-per %s: makespan %s, lower bound %s, idle %.1f %%%n",
          Count.of(slots, "GPU"),
          split.name().toLowerCase(Locale.ROOT),
          cost(makespan.length()),
          cost(makespan.lowerBound()),
          100 * makespan.idleShare());
    }

    void task(VideoWork task) {
      out.printf(
          Locale.ROOT,
          "%s %s %s: %s, %s, %s%n",
          task.dataset().name(),
          task.split(),
          Printable.line(task.video()),
          Count.of(task.units().get(0).frames(), "frame"),
          Count.of(task.units().size(), "unit"),
          cost(task.cost()));
      task.groups().forEach(this::group);
    }

    /** Units that run together adapt once: only the first of them costs anything. */
    private void group(AdaptationWork group) {
      for (Unit unit : group.units()) {
        out.printf(
            Locale.ROOT,
            "  %s %-8s %-28s %-12s model %s seed %d cost %s%n",
            identified ? unit.id() : "-",
            unit.task().id(),
            unit.method().id(),
            unit.variant(),
            unit.model(),
            unit.seed(),
            unit == group.units().get(0) ? cost(group) : "shared");
      }
    }

    private String cost(AdaptationWork group) {
      return inSeconds ? String.format(Locale.ROOT, "%.1f s", group.cost()) : cost(group.cost());
    }
  }
}
