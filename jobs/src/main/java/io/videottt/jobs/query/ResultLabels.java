package io.videottt.jobs.query;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitFile;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.sweep.plan.ResultLabel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What units are called in a report, read once for all of its queries. Units of one name whose
 * settings, weights or versions differ get names of their own, see {@link SettingsApart}; what is
 * not the paper's is marked, see {@link UnitRun#marked}.
 *
 * @param labels at least one for each unit that has a name
 * @param others whether units without a name count, under those that they were run with
 */
public record ResultLabels(Set<ResultLabel> labels, boolean others) {

  /**
   * The names for a results folder.
   *
   * @param labels the units to count and what to call them; when empty all units, called as the
   *     sweeps that were to run there call them
   */
  public static ResultLabels of(ResultsFolder folder, Optional<Set<ResultLabel>> labels)
      throws IOException {
    return new ResultLabels(labels.isPresent() ? labels.get() : folder.labels(), labels.isEmpty());
  }

  /**
   * Frames under the names of their units.
   *
   * @param frames as {@link FrameQueries#frames} reads them
   * @param inventory the files that they are read from
   */
  public Dataset<Row> of(Dataset<Row> frames, UnitInventory inventory) {
    return of(frames, inventory, note -> {});
  }

  /**
   * The same.
   *
   * @param notes takes a line for people where units got names of their own
   */
  public Dataset<Row> of(Dataset<Row> frames, UnitInventory inventory, Consumer<String> notes) {
    List<UnitRun> units = units(frames, inventory).stream().map(UnitRun::marked).toList();
    List<UnitRun> apart = SettingsApart.of(units);
    Set<ResultLabel> names = new LinkedHashSet<>();
    apart.forEach(unit -> names.add(unit.label()));
    long several =
        units.stream()
            .filter(unit -> !names.contains(unit.label()))
            .map(UnitRun::key)
            .distinct()
            .count();
    if (several > 0) {
      notes.accept(
          "note: %d results were run with several settings, weights or versions under one name; they"
                  .formatted(several)
              + " stand apart, with what differs in their names (variant and label in a sweep file"
              + " give them others)");
    }
    List<Row> rows =
        names.stream()
            .map(n -> RowFactory.create(n.unit(), n.model(), n.trainingSeed(), n.variant()))
            .toList();
    return FrameQueries.named(
        frames, frames.sparkSession().createDataFrame(rows, FrameQueries.LABELS), false);
  }

  /** The units that count, once under each of their names. */
  private List<UnitRun> units(Dataset<Row> frames, UnitInventory inventory) {
    Map<String, List<ResultLabel>> byUnit = new HashMap<>();
    labels.forEach(
        label -> byUnit.computeIfAbsent(label.unit(), id -> new ArrayList<>()).add(label));
    List<UnitRun> units = new ArrayList<>();
    for (Row row : JobNames.rows("units and their settings", FrameQueries.units(frames))) {
      UnitFile file = inventory.sound().get(row.<String>getAs(MetricsSchema.UNIT_ID));
      UnitRun unit = UnitRun.of(row, file);
      List<ResultLabel> own = byUnit.get(unit.id());
      if (own != null) {
        own.forEach(
            label ->
                units.add(
                    unit.named(
                        label.model(),
                        label.trainingSeed() == null ? unit.trainingSeed() : label.trainingSeed(),
                        label.variant())));
      } else if (others) {
        units.add(unit);
      }
    }
    return units;
  }
}
