package io.videottt.reports.paper;

import io.videottt.reports.ChosenSetting;
import io.videottt.reports.Measurement;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.VisibleText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notes below tables about rows whose settings a grid has chosen, or should have.
 *
 * @param settings of several sweeps the latest first; the first of a row counts
 */
record ChosenSettings(List<ChosenSetting> settings) {

  /** Keeps the list from being changed. */
  public ChosenSettings {
    settings = List.copyOf(settings);
  }

  /**
   * A table with a note about its rows of which something is known, one for each grid.
   *
   * @param measured what the table may show
   */
  Table noted(Table table, Collection<Measurement> measured) {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    for (Measurement m : measured) {
      if (isShown(m, table)) {
        settings.stream()
            .filter(setting -> setting.isOf(m))
            .findFirst()
            .ifPresent(
                setting ->
                    rows.computeIfAbsent(setting.ranked(), ranked -> new LinkedHashSet<>())
                        .add(setting.used()));
      }
    }
    List<String> notes = new ArrayList<>();
    rows.forEach((ranked, used) -> notes.add("%s: %s.".formatted(String.join("; ", used), ranked)));
    return table.withNotes(notes);
  }

  private static boolean isShown(Measurement m, Table table) {
    String heading = VisibleText.of(m.heading());
    return table.allRows().anyMatch(row -> row.contains(heading));
  }
}
