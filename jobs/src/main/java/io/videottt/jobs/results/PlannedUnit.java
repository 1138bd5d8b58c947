package io.videottt.jobs.results;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.Unit;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A unit as a {@link StoredPlan} holds it.
 *
 * @param id of the unit
 * @param adaptation id that all units have in common which run together
 * @param dataset name in the catalogue
 * @param split for example test
 * @param video id within the data set
 * @param task what is predicted
 * @param method what is done over the frames
 * @param variant name of the settings in tables
 * @param model label of the weights in tables
 * @param trainingSeed seed that the weights were trained with, null where it is not told
 * @param seed the seed that the sweep file asks for
 * @param steps what a checkpoint's position counts: iterations of the offline method, else frames
 * @param seconds that the adaptation is expected to take, the same for all units of it
 */
public record PlannedUnit(
    String id,
    String adaptation,
    String dataset,
    String split,
    String video,
    String task,
    String method,
    String variant,
    String model,
    Long trainingSeed,
    long seed,
    int steps,
    double seconds) {

  /** Ids become file names. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  public PlannedUnit {
    Stream.of(id, adaptation, dataset, split, video, task, method, variant, model)
        .forEach(Objects::requireNonNull);
    if (!ID.matcher(id).matches() || !ID.matcher(adaptation).matches()) {
      throw new InvalidInputException("an id is no id: %s, %s".formatted(id, adaptation));
    }
    if (steps < 1 || !(seconds >= 0 && Double.isFinite(seconds))) {
      throw new InvalidInputException(
          "unit %s has %d steps and takes %s s".formatted(id, steps, seconds));
    }
  }

  static PlannedUnit of(Unit unit, AdaptationWork group) {
    boolean offline = unit.method().sight() == Method.Sight.ENTIRE_VIDEO;
    return new PlannedUnit(
        unit.id(),
        unit.adaptation().id(),
        unit.dataset(),
        unit.split(),
        unit.video(),
        unit.task().id(),
        unit.method().id(),
        unit.variant(),
        unit.model(),
        unit.adaptation().trainingSeed(),
        unit.seed(),
        offline ? unit.settings().offlineIterations() : unit.frames(),
        group.cost());
  }

  /** What the plan calls the unit in tables. */
  ResultLabel label() {
    return new ResultLabel(id, model, trainingSeed, variant);
  }

  /** What a checkpoint's position counts. */
  public String stepName() {
    boolean offline =
        Methods.find(method).filter(m -> m.sight() == Method.Sight.ENTIRE_VIDEO).isPresent();
    return offline ? "iteration" : "frame";
  }
}
