package io.videottt.jobs.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.jobs.results.FailureRecord;
import io.videottt.jobs.results.PlannedUnit;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.results.StoredPlan;
import io.videottt.jobs.results.UnitFile;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.results.UnitSeconds;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * How the units of a plan stand.
 *
 * @param plan what was to run
 * @param units in the order of the plan
 * @param pace what finished adaptations took
 * @param saved ids of the units whose predictions are on disk, where the plan asks for them
 */
public record SweepStatus(StoredPlan plan, List<UnitStatus> units, Pace pace, Set<String> saved) {

  /**
   * What finished adaptations took, beside what the plan had expected of them.
   *
   * @param adaptations that were looked at
   * @param expected seconds of these by the plan
   * @param taken seconds that their frames took
   */
  record Pace(int adaptations, double expected, double taken) {

    static final Pace UNKNOWN = new Pace(0, 0, 0);

    boolean isKnown() {
      return expected > 0 && taken > 0;
    }

    Pace plus(Pace other) {
      return new Pace(
          adaptations + other.adaptations, expected + other.expected, taken + other.taken);
    }

    /** Factor on what the plan expects of the others; 1 where nothing was measured. */
    double factor() {
      return isKnown() ? taken / expected : 1;
    }
  }

  /** Units in a state. */
  public List<UnitStatus> in(UnitStatus.State state) {
    return units.stream().filter(unit -> unit.state() == state).toList();
  }

  /** Whether anything says how long computing takes; if not, only shares of it can be told. */
  boolean inSeconds() {
    return plan.inSeconds() || pace.isKnown();
  }

  /** The same with what finished adaptations of other plans took, where it has none itself. */
  SweepStatus orWith(Pace others) {
    return plan.inSeconds() || pace.isKnown() ? this : new SweepStatus(plan, units, others, saved);
  }

  /** Share of the computing that is left, 0 to 1. */
  double remainingShare() {
    double all = seconds();
    return all > 0 ? remainingSeconds() / all : 0;
  }

  /** Seconds that are left of a unit's adaptation. */
  double remainingSeconds(UnitStatus unit) {
    return unit.remainingSeconds() * pace.factor();
  }

  /** Seconds of computing that all adaptations are expected to take. */
  double seconds() {
    Map<String, Double> adaptations = new HashMap<>();
    units.forEach(unit -> adaptations.put(unit.unit().adaptation(), unit.unit().seconds()));
    return sum(adaptations) * pace.factor();
  }

  /** Seconds that are left; an adaptation is needed while any of its units has no results. */
  double remainingSeconds() {
    Map<String, Double> adaptations = new HashMap<>();
    units.forEach(
        unit -> adaptations.merge(unit.unit().adaptation(), unit.remainingSeconds(), Double::max));
    return sum(adaptations) * pace.factor();
  }

  private static double sum(Map<String, Double> adaptations) {
    return adaptations.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Reads the files of an output folder. */
  static final class Reader {

    private static final JsonMapper MAPPER = BoundedJson.mapper().build();
    private static final int LONGEST_REASON = 2000;
    private static final int MOST_READ = 200;

    private final ResultsFolder results;
    private final Configuration hadoop;
    private final Map<String, Instant> begun;
    private final Map<String, Instant> failed;
    private final UnitInventory inventory;

    /** Lists what is there, in the order in which a unit leaves its traces. */
    Reader(ResultsFolder results, Configuration hadoop) throws IOException {
      this.results = results;
      this.hadoop = hadoop;
      this.begun = results.begun();
      this.failed = results.failed();
      this.inventory = results.inventory();
    }

    UnitInventory inventory() {
      return inventory;
    }

    SweepStatus status(StoredPlan plan) throws IOException {
      List<UnitStatus> units = new ArrayList<>();
      for (PlannedUnit unit : plan.units()) {
        units.add(status(unit));
      }
      return new SweepStatus(plan, units, pace(units), saved(plan));
    }

    private Set<String> saved(StoredPlan plan) throws IOException {
      Set<String> saved = new HashSet<>();
      if (!plan.save().isEmpty()) {
        SavedPredictions predictions = new SavedPredictions(results, hadoop);
        for (PlannedUnit unit : plan.units()) {
          if (predictions.isWhole(unit, SaveKind.set(plan.save()))) {
            saved.add(unit.id());
          }
        }
      }
      return saved;
    }

    /** Of finished adaptations, evenly spread over the plan: reading all would take too long. */
    private SweepStatus.Pace pace(List<UnitStatus> units) throws IOException {
      Map<String, PlannedUnit> done = new LinkedHashMap<>();
      for (UnitStatus unit : units) {
        if (unit.state() == UnitStatus.State.DONE) {
          done.putIfAbsent(unit.unit().adaptation(), unit.unit());
        }
      }
      List<PlannedUnit> all = List.copyOf(done.values());
      int read = Math.min(all.size(), MOST_READ);
      SweepStatus.Pace pace = SweepStatus.Pace.UNKNOWN;
      for (int i = 0; i < read; i++) {
        PlannedUnit unit = all.get((int) ((long) i * all.size() / read));
        OptionalDouble taken = seconds(unit.id());
        if (taken.isPresent()) {
          pace =
              new SweepStatus.Pace(
                  pace.adaptations() + 1,
                  pace.expected() + unit.seconds(),
                  pace.taken() + taken.getAsDouble());
        }
      }
      return pace;
    }

    /**
     * Out of the description, or where that is gone, damaged or of an earlier version, the rows.
     */
    private OptionalDouble seconds(String unitId) throws IOException {
      OptionalDouble described = described(unitId);
      return described.isPresent()
          ? described
          : UnitSeconds.of(inventory.sound().get(unitId), hadoop);
    }

    private OptionalDouble described(String unitId) throws IOException {
      try {
        double seconds =
            MAPPER.readTree(results.description(unitId)).path(Unit.SECONDS).asDouble(Double.NaN);
        return seconds > 0 && Double.isFinite(seconds)
            ? OptionalDouble.of(seconds)
            : OptionalDouble.empty();
      } catch (FileNotFoundException | JsonProcessingException | InvalidInputException e) {
        return OptionalDouble.empty();
      }
    }

    private UnitStatus status(PlannedUnit unit) throws IOException {
      if (inventory.units().contains(unit.id())) {
        return UnitStatus.of(unit, UnitStatus.State.DONE);
      }
      Optional<UnitFile> unusable = inventory.unusable(unit.id());
      if (unusable.isPresent()) {
        return unusable(unit, unusable.get());
      }
      Instant start = begun.get(unit.id());
      Instant failure = failed.get(unit.id());
      // A unit that runs again after a failure keeps the failure's file until it succeeds.
      if (failure != null && (start == null || !start.isAfter(failure))) {
        return new UnitStatus(
            unit,
            UnitStatus.State.FAILED,
            Optional.of(reason(unit.id())),
            Optional.empty(),
            Optional.empty());
      }
      return start == null ? UnitStatus.of(unit, UnitStatus.State.MISSING) : running(unit, start);
    }

    /** An empty or a foreign file says nothing of the unit: it is missing. */
    private static UnitStatus unusable(PlannedUnit unit, UnitFile file) {
      UnitStatus.State state =
          switch (file.state()) {
            case EMPTY, FOREIGN -> UnitStatus.State.MISSING;
            default -> UnitStatus.State.DAMAGED;
          };
      return new UnitStatus(
          unit, state, Optional.of(file.describe()), Optional.empty(), Optional.empty());
    }

    private UnitStatus running(PlannedUnit unit, Instant start) throws IOException {
      Optional<LastCheckpoint> checkpoint = Optional.empty();
      Optional<String> reason = Optional.empty();
      try {
        checkpoint = LastCheckpoint.in(results.checkpoints(unit.adaptation()), hadoop);
      } catch (InvalidInputException e) {
        reason = Optional.of(FailureMessages.describe(e));
      }
      return new UnitStatus(unit, UnitStatus.State.RUNNING, reason, Optional.of(start), checkpoint);
    }

    private String reason(String unitId) throws IOException {
      return results
          .failure(unitId)
          .map(json -> FailureRecord.reason(json).orElse("its failure file cannot be read"))
          .map(text -> text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text)
          .orElse("its failure file is gone");
    }
  }
}
