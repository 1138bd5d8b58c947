package io.videottt.jobs.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.jobs.results.LeaseOwner;
import io.videottt.jobs.results.LeftRuns;
import io.videottt.jobs.results.PlannedUnit;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.StoredPlan;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.saved.SaveKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The state of an output folder, as text and as JSON.
 *
 * @param output the folder
 * @param sweeps one per plan in it
 * @param unplanned units with results that are in no plan
 * @param stray files in no planned unit's place that cannot be used, and files that are no units'
 * @param runs those that are at work there, and those that were killed and not cleaned up after
 * @param now what ages are counted to
 */
public record StatusReport(
    String output,
    List<SweepStatus> sweeps,
    long unplanned,
    List<String> stray,
    List<LeftRuns.Run> runs,
    Instant now) {

  private static final double MILLIS_PER_SECOND = 1000;

  /**
   * Reads an output folder.
   *
   * @param output the folder, any Hadoop path
   * @throws InvalidInputException when no sweep has left a plan there, or a damaged one
   * @throws IOException when the storage cannot be reached
   */
  public static StatusReport of(String output, Configuration hadoop, Instant now)
      throws IOException {
    ResultsFolder results = new ResultsFolder(output, hadoop);
    List<StoredPlan> plans = results.plans();
    if (plans.isEmpty()) {
      throw new InvalidInputException(
          "%s: no sweep has left a plan there; give the output folder of a sweep with --output"
              .formatted(output));
    }
    SweepStatus.Reader reader = new SweepStatus.Reader(results, hadoop);
    Set<String> unplanned = new HashSet<>(reader.inventory().units());
    List<SweepStatus> sweeps = new ArrayList<>();
    Set<String> planned = new HashSet<>();
    for (StoredPlan plan : plans) {
      sweeps.add(reader.status(plan));
      plan.units().forEach(unit -> planned.add(unit.id()));
    }
    unplanned.removeAll(planned);
    // Plans without seconds count in the same measure.
    SweepStatus.Pace others =
        sweeps.stream()
            .filter(sweep -> !sweep.plan().inSeconds())
            .map(SweepStatus::pace)
            .reduce(SweepStatus.Pace.UNKNOWN, SweepStatus.Pace::plus);
    sweeps.replaceAll(sweep -> sweep.orWith(others));
    return new StatusReport(
        output,
        sweeps,
        unplanned.size(),
        reader.inventory().stray(planned),
        results.runs().all(now),
        now);
  }

  /** Prints a summary per plan and a line for every unit that is not done. */
  public void print(PrintWriter out) {
    boolean running = false;
    for (SweepStatus sweep : sweeps) {
      StoredPlan plan = sweep.plan();
      out.printf("plan %s of %s, started %s%n", plan.id(), plan.config(), plan.time());
      out.printf(
          "  %s: %d done, %d failed, %d running, %d missing%s%n",
          Count.of(sweep.units().size(), "unit"),
          sweep.in(UnitStatus.State.DONE).size(),
          sweep.in(UnitStatus.State.FAILED).size(),
          sweep.in(UnitStatus.State.RUNNING).size(),
          sweep.in(UnitStatus.State.MISSING).size(),
          damaged(sweep));
      out.println("  " + computing(sweep));
      if (!plan.save().isEmpty()) {
        out.printf(
            "  %s saved of %d of %s%n",
            plan.save().stream().map(SaveKind::id).collect(Collectors.joining(", ")),
            sweep.saved().size(),
            Count.of(sweep.units().size(), "unit"));
      }
      plan.leftOut().forEach(line -> out.printf("  %s%n", line));
      for (UnitStatus.State state :
          List.of(
              UnitStatus.State.DAMAGED,
              UnitStatus.State.FAILED,
              UnitStatus.State.RUNNING,
              UnitStatus.State.MISSING)) {
        sweep.in(state).forEach(unit -> print(out, unit));
      }
      running |= !sweep.in(UnitStatus.State.RUNNING).isEmpty();
    }
    if (unplanned > 0) {
      out.printf("with results and in no plan here: %s%n", Count.of(unplanned, "unit"));
    }
    stray.forEach(out::println);
    runs.forEach(run -> out.println(describe(run)));
    if (running) {
      out.println(
          "running: begun and not ended; a unit whose executor died stays so until the sweep takes"
              + " it up again, and its last checkpoint grows old");
    }
    out.flush();
  }

  /** What is left of the computing, in time where it is known how long it takes. */
  private static String computing(SweepStatus sweep) {
    return sweep.inSeconds()
        ? "%s of %s of computing left; %s"
            .formatted(
                ProgressLine.readable(sweep.remainingSeconds()),
                ProgressLine.readable(sweep.seconds()),
                source(sweep))
        : String.format(
            Locale.ROOT,
            "%.0f %% of the computing left; how long it takes is not known until a unit has ended here",
            100 * sweep.remainingShare());
  }

  /** Where the seconds come from. */
  private static String source(SweepStatus sweep) {
    int measured = sweep.pace().adaptations();
    return measured > 0
        ? "from what %s took here".formatted(Count.of(measured, "adaptation"))
        : "costs " + sweep.plan().costs();
  }

  private String describe(LeftRuns.Run run) {
    String owner =
        run.owner()
            .map(who -> "host %s, process %d".formatted(who.host(), who.pid()))
            .orElse("of an earlier version, without a lease");
    return run.alive()
        ? "%s is at work here: %s, heard of %s ago".formatted(run.run(), owner, age(run.heard()))
        : "%s was killed (%s): the next sweep here removes its %s"
            .formatted(run.run(), owner, Count.of(run.unfinished(), "unfinished file"));
  }

  private Map<String, Object> json(LeftRuns.Run run) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run.run());
    all.put("alive", run.alive());
    all.put("host", run.owner().map(LeaseOwner::host).orElse(null));
    all.put("process", run.owner().map(LeaseOwner::pid).orElse(null));
    all.put("heard_seconds_ago", seconds(run.heard()));
    all.put("unfinished_files", run.unfinished());
    all.put("unfinished_bytes", run.bytes());
    return all;
  }

  private static String damaged(SweepStatus sweep) {
    int damaged = sweep.in(UnitStatus.State.DAMAGED).size();
    return damaged == 0
        ? ""
        : ", %d damaged, which the sweep computes anew when it is started again".formatted(damaged);
  }

  private void print(PrintWriter out, UnitStatus status) {
    PlannedUnit unit = status.unit();
    out.printf(
        "  %-7s %s %s %s %s %s %s%s model %s seed %d%s%n",
        status.state().title(),
        unit.id(),
        unit.dataset(),
        unit.split(),
        Printable.line(unit.video()),
        unit.task(),
        unit.method(),
        unit.variant().isEmpty() ? "" : " (" + unit.variant() + ")",
        unit.model(),
        unit.seed(),
        detail(status));
  }

  private String detail(UnitStatus status) {
    StringBuilder detail = new StringBuilder();
    status.begun().ifPresent(begun -> detail.append(": begun ").append(age(begun)).append(" ago"));
    if (status.checkpoint().isPresent()) {
      LastCheckpoint last = status.checkpoint().get();
      detail.append(
          ", checkpoint %s ago at %s %d of %d"
              .formatted(
                  age(last.written()),
                  status.unit().stepName(),
                  last.position(),
                  status.unit().steps()));
    } else if (status.state() == UnitStatus.State.RUNNING) {
      detail.append(", no checkpoint");
    }
    status.reason().ifPresent(reason -> detail.append(": ").append(reason.replace('\n', ' ')));
    return detail.toString();
  }

  private String age(Instant time) {
    return ProgressLine.readable(seconds(time));
  }

  /** Clocks of machines differ a little: nothing is written in the future. */
  private double seconds(Instant since) {
    return Math.max(0, Duration.between(since, now).toMillis() / MILLIS_PER_SECOND);
  }

  /** The same and more, every unit included, ending in a line break. */
  public String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("output", output);
    document.put("time", now.toString());
    document.put("unplanned_units_with_results", unplanned);
    document.put("not_read", stray);
    List<Object> plans = new ArrayList<>();
    sweeps.forEach(sweep -> plans.add(json(sweep)));
    document.put("plans", plans);
    document.put("runs", runs.stream().map(this::json).toList());
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values is always JSON", e);
    }
  }

  private Map<String, Object> json(SweepStatus sweep) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", sweep.plan().id());
    all.put("config", sweep.plan().config());
    all.put("started", sweep.plan().time());
    all.put("costs", sweep.plan().costs());
    all.put("measured_adaptations", sweep.pace().adaptations());
    all.put("left_out", sweep.plan().leftOut());
    all.put("save", sweep.plan().save().stream().map(SaveKind::id).toList());
    all.put("saved", sweep.saved().size());
    for (UnitStatus.State state : UnitStatus.State.values()) {
      all.put(state.title(), sweep.in(state).size());
    }
    all.put("seconds", sweep.inSeconds() ? sweep.seconds() : null);
    all.put("remaining_seconds", sweep.inSeconds() ? sweep.remainingSeconds() : null);
    all.put("remaining_share", sweep.remainingShare());
    List<Object> units = new ArrayList<>();
    sweep.units().forEach(unit -> units.add(json(unit, sweep)));
    all.put("units", units);
    return all;
  }

  private Map<String, Object> json(UnitStatus status, SweepStatus sweep) {
    PlannedUnit unit = status.unit();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", unit.id());
    all.put("adaptation", unit.adaptation());
    all.put("dataset", unit.dataset());
    all.put("split", unit.split());
    all.put("video", unit.video());
    all.put("task", unit.task());
    all.put("method", unit.method());
    all.put("variant", unit.variant());
    all.put("model", unit.model());
    all.put("seed", unit.seed());
    all.put("state", status.state().title());
    all.put("saved", sweep.saved().contains(unit.id()));
    all.put("reason", status.reason().orElse(null));
    all.put("begun_seconds_ago", secondsOrNull(status.begun()));
    all.put("checkpoint_position", status.checkpoint().map(LastCheckpoint::position).orElse(null));
    all.put(
        "checkpoint_seconds_ago", secondsOrNull(status.checkpoint().map(LastCheckpoint::written)));
    all.put("steps", unit.steps());
    all.put("remaining_seconds", sweep.inSeconds() ? sweep.remainingSeconds(status) : null);
    return all;
  }

  private Double secondsOrNull(Optional<Instant> time) {
    return time.map(this::seconds).orElse(null);
  }
}
