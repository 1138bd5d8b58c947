package io.videottt.jobs.sweep.run;

import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.data.DataComparison;
import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitFile;
import io.videottt.jobs.sweep.config.Rerun;
import io.videottt.jobs.sweep.plan.SweepContext;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Holds a sweep's results to their data: results of data that has changed since are no results of
 * this sweep. It stops and says what differs, unless the user has said what is to become of them.
 */
final class DataGuard {

  /** Differences that a message names. */
  private static final int NAMED = 4;

  private static final int LONGEST = 160;

  private final ResultsFolder results;
  private final Configuration hadoop;
  private final Rerun rerun;
  private final SweepContext run;
  private final PrintWriter err;

  DataGuard(
      ResultsFolder results, Configuration hadoop, Rerun rerun, SweepContext run, PrintWriter err) {
    this.results = results;
    this.hadoop = hadoop;
    this.rerun = rerun;
    this.run = run;
    this.err = err;
  }

  /**
   * A unit with results, and one of the pieces of data that they depend on.
   *
   * @param id of the data, as the unit's file names it; empty for none
   */
  private record Dependency(Unit unit, DataMemory.Place place, String id) {

    UnitData.Adopted adopted() {
      return new UnitData.Adopted(unit.id(), id);
    }
  }

  /** What was found. */
  private static final class Findings {

    private final Map<DataMemory.Place, List<Dependency>> changed = new LinkedHashMap<>();
    private final Map<DataMemory.Place, Set<String>> differences = new LinkedHashMap<>();
    private final Map<DataMemory.Place, List<Dependency>> unremembered = new LinkedHashMap<>();
    private final Set<String> unproven = new TreeSet<>();

    Set<Unit> changedUnits() {
      Set<Unit> units = new LinkedHashSet<>();
      changed.values().forEach(own -> own.forEach(each -> units.add(each.unit())));
      return units;
    }
  }

  /**
   * Forgets the results of what the user wants to be computed anew.
   *
   * @param plan everything that may run
   * @throws InvalidInputException when it is not in the plan; nothing is forgotten then
   */
  void force(SweepPlan plan) throws IOException {
    Map<String, Unit> chosen = new LinkedHashMap<>();
    for (String wanted : rerun.forced()) {
      List<Unit> matching =
          plan.units().stream()
              .filter(
                  unit ->
                      wanted.equals(unit.id())
                          || wanted.equals(unit.method().id())
                          || wanted.equals(unit.video()))
              .toList();
      if (matching.isEmpty()) {
        throw new InvalidInputException(
            "--force %s: this sweep has no such unit, method or video; ./ttt plan lists them"
                .formatted(wanted));
      }
      matching.forEach(unit -> chosen.put(unit.id(), unit));
    }
    for (Unit unit : chosen.values()) {
      results.discard(unit);
    }
    if (!chosen.isEmpty()) {
      err.printf("computed anew (--force): %s%n", Count.of(chosen.size(), "unit"));
    }
  }

  /**
   * Compares the data of all units that have results with that of now.
   *
   * @param files by unit, those that can be used
   * @return whether results were forgotten, to be computed anew
   * @throws InvalidInputException when some are of other data and the user has not said what to do
   */
  boolean check(SweepPlan plan, Map<String, UnitFile> files) throws IOException {
    DataMemory memory = memory();
    Findings findings = new Findings();
    for (Dependency each : dependencies(plan, files)) {
      look(each, memory, findings);
    }
    adopt(findings, memory);
    Set<Unit> units = findings.changedUnits();
    if (units.isEmpty()) {
      return false;
    }
    if (rerun.accepted()) {
      for (Map.Entry<DataMemory.Place, List<Dependency>> each : findings.changed.entrySet()) {
        memory.remember(each.getKey(), adopted(each.getValue()), true);
      }
      err.printf(
          "results of %s are kept: %s%n", Count.of(units.size(), "unit"), describe(findings));
      return false;
    }
    if (rerun.changed()) {
      for (Unit unit : units) {
        results.discard(unit);
      }
      err.printf("computed anew: %s: %s%n", Count.of(units.size(), "unit"), describe(findings));
      return true;
    }
    throw new InvalidInputException(
        ("%s: results of %s are of other data than there is now: %s%n--rerun-changed computes"
                + " them anew, --accept-changed keeps them; or choose another --output")
            .formatted(results.root(), Count.of(units.size(), "unit"), describe(findings)));
  }

  private DataMemory memory() {
    return new DataMemory(results, hadoop, run.id(), err::println);
  }

  private List<Dependency> dependencies(SweepPlan plan, Map<String, UnitFile> files) {
    List<Dependency> all = new ArrayList<>();
    for (VideoWork task : plan.tasks()) {
      DataMemory.Place place = new DataMemory.Place(task.dataset(), task.split(), task.video());
      for (Unit unit : task.units()) {
        UnitFile file = files.get(unit.id());
        if (file == null) {
          continue;
        }
        all.add(new Dependency(unit, place, file.data().video()));
        training(unit)
            .ifPresent(images -> all.add(new Dependency(unit, images, file.data().training())));
      }
    }
    return all;
  }

  private Optional<DataMemory.Place> training(Unit unit) {
    return unit.method().needs().trainingImages()
        ? run.training(unit.adaptation().trainingImages())
            .map(images -> new DataMemory.Place(images.dataset(), images.split(), ""))
        : Optional.empty();
  }

  private static void look(Dependency each, DataMemory memory, Findings findings)
      throws IOException {
    List<UnitData> states = new ArrayList<>();
    memory.named(each.id()).ifPresent(states::add);
    List<DataComparison.Difference> differences = differences(each, states, memory, findings);
    if (states.isEmpty() || !differences.isEmpty()) {
      List<UnitData> adopting = memory.adopting(each.adopted());
      states.addAll(adopting);
      if (!adopting.isEmpty()) {
        differences = differences(each, adopting, memory, findings);
      }
    }
    if (states.isEmpty()) {
      findings.unremembered.computeIfAbsent(each.place(), key -> new ArrayList<>()).add(each);
    } else if (!differences.isEmpty()) {
      findings.changed.computeIfAbsent(each.place(), key -> new ArrayList<>()).add(each);
      Set<String> texts =
          findings.differences.computeIfAbsent(each.place(), key -> new LinkedHashSet<>());
      differences.forEach(difference -> texts.add(difference.text()));
    }
  }

  /** None when the data is now as one of some states of it; else what differs from the last one. */
  private static List<DataComparison.Difference> differences(
      Dependency each, List<UnitData> states, DataMemory memory, Findings findings)
      throws IOException {
    List<DataComparison.Difference> differences = List.of();
    for (UnitData state : states) {
      DataComparison comparison = memory.compared(state, each.place());
      differences = comparison.of(each.unit().task());
      if (differences.isEmpty()) {
        for (String name : comparison.unproven()) {
          findings.unproven.add(each.place().describe() + " " + name);
        }
        break;
      }
    }
    return differences;
  }

  /** What was computed before there was a memory counts as computed on the data of today. */
  private void adopt(Findings findings, DataMemory memory) throws IOException {
    Set<String> units = new TreeSet<>();
    for (Map.Entry<DataMemory.Place, List<Dependency>> each : findings.unremembered.entrySet()) {
      memory.remember(each.getKey(), adopted(each.getValue()), false);
      each.getValue().forEach(dependency -> units.add(dependency.unit().id()));
    }
    if (!units.isEmpty()) {
      err.printf(
          "note: %s without a memory of the data, as those of earlier versions, counted as computed"
              + " on the data that is there now, which is remembered from here on%n",
          Count.of(units.size(), "unit"));
    }
    if (!findings.unproven.isEmpty()) {
      err.printf(
          "note: %s with another time of change than when remembered, and no checksum from then;"
              + " with equal name and size, counted as unchanged (%s)%n",
          Count.of(findings.unproven.size(), "file"), findings.unproven.iterator().next());
    }
  }

  private static List<UnitData.Adopted> adopted(List<Dependency> units) {
    return units.stream().map(Dependency::adopted).toList();
  }

  private static String describe(Findings findings) {
    List<String> texts = new ArrayList<>();
    int left = 0;
    for (Map.Entry<DataMemory.Place, Set<String>> each : findings.differences.entrySet()) {
      for (String text : each.getValue()) {
        if (texts.size() < NAMED) {
          texts.add(each.getKey().describe() + ": " + shortened(text));
        } else {
          left++;
        }
      }
    }
    return String.join("; ", texts) + (left > 0 ? "; and %d more differences".formatted(left) : "");
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /**
   * Remembers the training images of the controls that are to run.
   *
   * @return ids by {@link Unit#trainingImages}
   */
  Map<String, String> trainingData(SweepPlan plan) throws IOException {
    DataMemory memory = memory();
    Map<String, String> ids = new HashMap<>();
    for (Unit unit : plan.units()) {
      Optional<DataMemory.Place> images = training(unit);
      if (images.isPresent() && !ids.containsKey(unit.adaptation().trainingImages())) {
        ids.put(
            unit.adaptation().trainingImages(),
            memory.remember(images.get(), List.of(), false).id());
      }
    }
    return ids;
  }
}
