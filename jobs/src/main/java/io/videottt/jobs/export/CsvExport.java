package io.videottt.jobs.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.jobs.results.MetricsSchema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tidy tables: {@code frames.csv}, a row for each frame of each unit, and {@code training.csv}, a
 * row for each line of a training's log. Every number has a column, which is empty where there is
 * none. Fields are quoted as RFC 4180 has it and not changed otherwise; lines end in a line feed.
 */
final class CsvExport {

  private static final String RESULTS = "results";
  private static final String TRAINING = "training";
  private static final Pattern PLAIN = Pattern.compile("[^\",\\r\\n]*");

  private CsvExport() {}

  /** Writes the frames of sweeps. */
  static void frames(List<SweepSource> sources, List<String> names, ExportFolder folder)
      throws IOException {
    Set<String> numbers = new LinkedHashSet<>();
    for (SweepSource source : sources) {
      numbers.addAll(source.numbers());
    }
    List<String> header = new ArrayList<>(List.of(RESULTS));
    header.addAll(SweepSource.FACTS);
    header.addAll(
        List.of(MetricsSchema.FRAME_INDEX, MetricsSchema.FRAME_NAME, MetricsSchema.ANNOTATED));
    header.addAll(numbers);
    header.add(MetricsSchema.SETTINGS);
    folder.write(
        "frames.csv",
        stream -> {
          Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          line(header, out);
          for (int i = 0; i < sources.size(); i++) {
            String name = names.get(i);
            sources
                .get(i)
                .forEachRow(
                    (facts, row) -> {
                      Map<String, Object> all = new LinkedHashMap<>(row);
                      all.putAll(facts);
                      all.put(RESULTS, name);
                      line(cells(header, all), out);
                    });
          }
          out.flush();
        });
  }

  /** Writes the logs of trainings. */
  static void trainings(List<TrainingSource> sources, List<String> names, ExportFolder folder)
      throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<String> numbers = new LinkedHashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      for (JsonNode read : sources.get(i).lines()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(TRAINING, names.get(i));
        row.put(TrainingSource.PHASE, read.path(TrainingSource.PHASE).textValue());
        row.put(TrainingSource.EVENT, read.path(TrainingSource.EVENT).asText());
        row.put(TrainingSource.ITERATION, read.path(TrainingSource.ITERATION).longValue());
        Map<String, Double> own = TrainingSource.numbers(read);
        numbers.addAll(own.keySet());
        row.putAll(own);
        rows.add(row);
      }
    }
    List<String> header = new ArrayList<>();
    header.addAll(
        List.of(TRAINING, TrainingSource.PHASE, TrainingSource.EVENT, TrainingSource.ITERATION));
    header.addAll(numbers);
    folder.write(
        "training.csv",
        stream -> {
          Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          line(header, out);
          for (Map<String, Object> row : rows) {
            line(cells(header, row), out);
          }
          out.flush();
        });
  }

  private static List<String> cells(List<String> header, Map<String, Object> row) {
    return header.stream()
        .map(column -> row.containsKey(column) ? row.get(column).toString() : "")
        .toList();
  }

  private static void line(Collection<String> cells, Writer out) throws IOException {
    out.write(cells.stream().map(CsvExport::quoted).collect(Collectors.joining(",")));
    out.write('\n');
  }

  private static String quoted(String cell) {
    return PLAIN.matcher(cell).matches() ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
