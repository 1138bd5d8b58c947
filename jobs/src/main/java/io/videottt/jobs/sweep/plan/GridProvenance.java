package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.model.ReconstructionTarget;
import io.videottt.reports.OwnSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code provenance} that a grid has left in a file of chosen settings, as far as it tells what
 * was chosen. It is for people in the first place: whatever is missing or was changed there says
 * nothing.
 *
 * @param grid the grid file
 * @param on data set and split that settings were chosen on
 * @param tried number of settings that were ranked
 * @param weights fingerprints of the weights that they were ranked with
 * @param chosen the settings that were ranked first, by the method's id
 */
public record GridProvenance(
    String grid, String on, int tried, List<String> weights, Map<String, Chosen> chosen) {

  private static final String TARGET = "reconstructionTarget";

  /**
   * What was ranked first.
   *
   * @param label in tables
   * @param settings the keys that were searched
   */
  public record Chosen(String label, Map<String, Object> settings) {}

  /** What a sweep's file tells; empty where it names no grid. */
  public static Optional<GridProvenance> of(Map<String, Object> provenance) {
    if (provenance == null
        || !(provenance.get("grid") instanceof String grid)
        || !(provenance.get("data") instanceof String on)
        || !(provenance.get("settingsTried") instanceof Number tried)
        || !(provenance.get("chosen") instanceof Map<?, ?> methods)) {
      return Optional.empty();
    }
    Map<String, Chosen> chosen = new LinkedHashMap<>();
    methods.forEach(
        (method, result) -> {
          if (result instanceof Map<?, ?> keys
              && keys.get("setting") instanceof String label
              && keys.get("settings") instanceof Map<?, ?> settings) {
            chosen.put(String.valueOf(method), new Chosen(label, Candidate.keyed(settings)));
          }
        });
    List<String> weights =
        provenance.get("modelFingerprints") instanceof Collection<?> found
            ? found.stream().map(String::valueOf).toList()
            : List.of();
    return Optional.of(new GridProvenance(grid, on, tried.intValue(), weights, chosen));
  }

  /**
   * What a plan's methods have of it, once for every row of a table.
   *
   * @param plan of the sweep whose file holds this
   */
  Set<SettingOrigin> origins(SweepPlan plan) {
    Map<String, Unit> units =
        plan.units().stream().collect(Collectors.toMap(Unit::id, unit -> unit, (a, b) -> a));
    Set<SettingOrigin> origins = new LinkedHashSet<>();
    for (ResultLabel label : plan.labels()) {
      Unit unit = units.get(label.unit());
      Chosen first = unit == null ? null : chosen.get(unit.method().id());
      if (first != null) {
        origins.add(
            new SettingOrigin(
                unit.dataset(),
                unit.split(),
                unit.task().id(),
                label.model(),
                unit.method().id(),
                row(label.variant(), unit),
                grid,
                on,
                first.label(),
                tried,
                differences(unit, first),
                !weights.contains(unit.adaptation().modelFingerprint())));
      }
    }
    return origins;
  }

  /** The name of the row's settings, marked as the tables mark it. */
  private static String row(String variant, Unit unit) {
    return target(unit).map(target -> OwnSettings.marked(variant, target.id())).orElse(variant);
  }

  /** What a method reconstructs where it is not the paper's pixels. */
  private static Optional<ReconstructionTarget> target(Unit unit) {
    return unit.method()
        .target(unit.settings())
        .filter(target -> target != ReconstructionTarget.PIXELS);
  }

  /** The searched keys whose values are others, as far as the method uses them. */
  private List<String> differences(Unit unit, Chosen first) {
    AdaptationSettings ranked = unit.settings().with(first.settings(), grid + ": provenance");
    Map<String, String> here = values(unit.settings(), unit);
    Map<String, String> there = values(ranked, unit);
    Set<String> keys = new LinkedHashSet<>(here.keySet());
    keys.addAll(there.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String value = here.getOrDefault(key, "none");
      String other = there.getOrDefault(key, "none");
      if (!value.equals(other)) {
        differences.add("%s %s instead of %s".formatted(key, value, other));
      }
    }
    if (!first.settings().containsKey(TARGET)) {
      target(unit)
          .ifPresent(
              target ->
                  differences.add(
                      "%s %s, which the grid did not try".formatted(TARGET, target.id())));
    }
    return differences;
  }

  private static Map<String, String> values(AdaptationSettings settings, Unit unit) {
    return CanonicalSettings.byKey(unit.method().canonical(settings, unit.task()));
  }
}
