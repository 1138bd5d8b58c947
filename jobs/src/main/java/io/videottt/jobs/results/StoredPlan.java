package io.videottt.jobs.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.StoredJson;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.CostModel;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.SettingOrigin;
import io.videottt.jobs.sweep.plan.SweepPlan;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sweep is to run, as its driver leaves it in the output folder when it starts: what is done
 * and what is missing can then be told without the sweep file, the data and the models.
 *
 * @param version of the file's form
 * @param config the sweep file's name
 * @param time when the sweep was started last, ISO 8601
 * @param costs where the seconds come from, in a line for people
 * @param inSeconds whether the units' seconds are seconds, else right in proportion only
 * @param units in the order in which they run
 * @param otherLabels what units are called in tables besides what stands with them
 * @param leftOut videos that could not be opened and why, a line for each
 * @param save what is to be kept of predictions
 * @param origins what grids ranked first, beside the settings of the units
 */
public record StoredPlan(
    int version,
    String config,
    String time,
    String costs,
    Boolean inSeconds,
    List<PlannedUnit> units,
    List<ResultLabel> otherLabels,
    List<String> leftOut,
    List<SaveKind> save,
    List<SettingOrigin> origins) {

  private static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  public StoredPlan {
    if (version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    Stream.of(config, time, costs).forEach(Objects::requireNonNull);
    try {
      Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw new InvalidInputException("\"%s\" is no time".formatted(time), e);
    }
    if (inSeconds == null) {
      // Earlier versions assumed one second for a prediction, whatever the network and the frames.
      inSeconds = !costs.startsWith("assumed");
    }
    units = List.copyOf(units);
    otherLabels = otherLabels == null ? List.of() : List.copyOf(otherLabels);
    leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    save = save == null ? List.of() : List.copyOf(save);
    origins = origins == null ? List.of() : List.copyOf(origins);
  }

  /**
   * A plan.
   *
   * @param config the sweep file's name
   * @param costs what the plan's costs were taken from
   */
  public static StoredPlan of(SweepPlan plan, String config, CostModel costs, Instant now) {
    List<PlannedUnit> units = new ArrayList<>();
    for (AdaptationWork group : plan.groups()) {
      group.units().forEach(unit -> units.add(PlannedUnit.of(unit, group)));
    }
    Set<ResultLabel> others = new LinkedHashSet<>(plan.labels());
    units.forEach(unit -> others.remove(unit.label()));
    return new StoredPlan(
        VERSION,
        config,
        now.toString(),
        costs.describe(plan.groups()),
        costs.inSeconds(),
        units,
        List.copyOf(others),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * The same plan with what its run knows beside it.
   *
   * @param videos that it goes without
   * @param kinds of predictions that it keeps
   * @param from where its settings come from
   */
  public StoredPlan with(List<String> videos, Set<SaveKind> kinds, Set<SettingOrigin> from) {
    return new StoredPlan(
        version,
        config,
        time,
        costs,
        inSeconds,
        units,
        otherLabels,
        videos,
        List.copyOf(kinds),
        List.copyOf(from));
  }

  /** What the units are called in tables, at least one name for each. */
  Set<ResultLabel> labels() {
    Set<ResultLabel> labels = new LinkedHashSet<>();
    units.forEach(unit -> labels.add(unit.label()));
    labels.addAll(otherLabels);
    return labels;
  }

  /** A hash of the units' ids: the same sweep, started again, has the same plan. */
  public String id() {
    return Sha256.id(units.stream().map(PlannedUnit::id).sorted().collect(Collectors.joining(" ")));
  }

  public String json() {
    return StoredJson.write(MAPPER, this);
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @param source file, for the message
   * @throws InvalidInputException when it is damaged or of another version
   */
  static StoredPlan read(byte[] json, String source) {
    try {
      if (!(MAPPER.readTree(json) instanceof ObjectNode plan)) {
        throw new EOFException("no plan");
      }
      // Plans of earlier versions have none.
      plan.putIfAbsent("inSeconds", plan.nullNode());
      plan.putIfAbsent("otherLabels", plan.nullNode());
      plan.putIfAbsent("leftOut", plan.nullNode());
      plan.putIfAbsent("save", plan.nullNode());
      plan.putIfAbsent("origins", plan.nullNode());
      return MAPPER.treeToValue(plan, StoredPlan.class);
    } catch (IOException e) {
      throw StoredJson.unreadable("plan", source, e);
    }
  }
}
