package io.videottt.jobs.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.io.config.BoundedJson;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.UnitFile;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.results.UnitRows;
import io.videottt.jobs.results.UnitSeconds;
import io.videottt.reports.table.FileName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The units of an output folder of sweeps: a run each, whose steps are frames. */
final class SweepSource implements ExportSource {

  /** What a unit is, in the order of tables. */
  static final List<String> FACTS =
      List.of(
          MetricsSchema.UNIT_ID,
          MetricsSchema.DATASET,
          MetricsSchema.SPLIT,
          MetricsSchema.TASK,
          MetricsSchema.METHOD,
          MetricsSchema.VARIANT,
          MetricsSchema.MODEL,
          MetricsSchema.MODEL_FINGERPRINT,
          MetricsSchema.TRAINING_SEED,
          MetricsSchema.SEED,
          MetricsSchema.VIDEO,
          MetricsSchema.HOST,
          MetricsSchema.DEVICE,
          MetricsSchema.THREADS);

  private static final String MEAN = "mean_";
  private static final int SHOWN_DIGITS = 8;
  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private final String folder;
  private final String prefix;
  private final Collection<UnitFile> files;
  private final Configuration hadoop;

  /**
   * @param folder as it was given
   * @param prefix of the runs' names, ending in a slash, or nothing
   * @param inventory what is in it
   */
  SweepSource(String folder, String prefix, UnitInventory inventory, Configuration hadoop) {
    this.folder = folder;
    this.prefix = prefix;
    this.files = new TreeMap<>(inventory.sound()).values();
    this.hadoop = hadoop;
  }

  /** The columns with numbers that any of the units has, in the order of the files. */
  Set<String> numbers() throws IOException {
    Set<String> numbers = new LinkedHashSet<>();
    for (UnitFile file : files) {
      numbers.addAll(UnitRows.of(file, hadoop).allNumbers());
    }
    FACTS.forEach(numbers::remove);
    numbers.remove(MetricsSchema.FRAME_INDEX);
    return numbers;
  }

  /** Takes the rows of a unit with what the unit is. */
  interface RowConsumer {
    void accept(Map<String, String> facts, Map<String, Object> row) throws IOException;
  }

  /** Gives all rows of all units, with the columns of {@link #numbers} and those of the frame. */
  void forEachRow(RowConsumer consumer) throws IOException {
    for (UnitFile file : files) {
      UnitRows rows = UnitRows.of(file, hadoop);
      rows.read(columns(rows), row -> consumer.accept(facts(rows, row), row));
    }
  }

  private static Set<String> columns(UnitRows rows) {
    Set<String> columns = new LinkedHashSet<>(FACTS);
    columns.addAll(
        List.of(
            MetricsSchema.FRAME_INDEX,
            MetricsSchema.FRAME_NAME,
            MetricsSchema.ANNOTATED,
            MetricsSchema.SETTINGS,
            MetricsSchema.VIDEO_NAME));
    columns.addAll(rows.allNumbers());
    return columns;
  }

  private static Map<String, String> facts(UnitRows rows, Map<String, Object> row) {
    Map<String, String> folders = rows.folders();
    Object name = row.get(MetricsSchema.VIDEO_NAME);
    Map<String, String> facts = new LinkedHashMap<>();
    for (String fact : FACTS) {
      Object value = row.get(fact);
      facts.put(fact, value == null ? folders.getOrDefault(fact, "") : value.toString());
    }
    if (name != null) {
      facts.put(MetricsSchema.VIDEO, name.toString());
    }
    return facts;
  }

  @Override
  public void forEach(RunConsumer consumer) throws IOException {
    for (UnitFile file : files) {
      consumer.accept(run(file));
    }
  }

  private ExportedRun run(UnitFile file) throws IOException {
    UnitRows rows = UnitRows.of(file, hadoop);
    List<Map<String, Object>> all = new ArrayList<>();
    rows.read(columns(rows), all::add);
    Map<String, String> facts = all.isEmpty() ? Map.of() : facts(rows, all.get(0));
    Map<String, String> settings = new TreeMap<>();
    if (!all.isEmpty() && all.get(0).get(MetricsSchema.SETTINGS) instanceof String json) {
      flatten("", MAPPER.readTree(json), settings);
    }
    Instant end =
        Instant.ofEpochMilli(
            FileSystem.get(file.path().toUri(), hadoop)
                .getFileStatus(file.path())
                .getModificationTime());
    String id = file.unit().orElseThrow();
    return new ExportedRun(
        id, folder, prefix + name(facts, id), facts, settings, end, points(all, rows));
  }

  private static String name(Map<String, String> facts, String id) {
    String video = facts.getOrDefault(MetricsSchema.VIDEO, "");
    String variant = facts.getOrDefault(MetricsSchema.VARIANT, "");
    String run =
        "%s%s-%s-%s-seed%s-%s"
            .formatted(
                facts.get(MetricsSchema.METHOD),
                variant.isEmpty() ? "" : " (" + variant + ")",
                facts.get(MetricsSchema.TASK),
                facts.get(MetricsSchema.MODEL),
                facts.get(MetricsSchema.SEED),
                id.substring(0, Math.min(SHOWN_DIGITS, id.length())));
    return String.join(
        "/",
        FileName.of(facts.get(MetricsSchema.DATASET) + "-" + facts.get(MetricsSchema.SPLIT)),
        FileName.of(video),
        FileName.of(run));
  }

  private static List<ExportedRun.Point> points(List<Map<String, Object>> rows, UnitRows file) {
    double left = 0;
    for (Map<String, Object> row : rows) {
      left += seconds(row);
    }
    List<ExportedRun.Point> points = new ArrayList<>();
    Map<String, DoubleSummaryStatistics> means = new LinkedHashMap<>();
    long last = 0;
    for (Map<String, Object> row : rows) {
      left -= seconds(row);
      last = ((Number) row.get(MetricsSchema.FRAME_INDEX)).longValue();
      for (String metric : file.numbers()) {
        if (row.get(metric) instanceof Double value && Double.isFinite(value)) {
          points.add(new ExportedRun.Point(metric, last, value, Math.max(0, left)));
          means.computeIfAbsent(metric, key -> new DoubleSummaryStatistics()).accept(value);
        }
      }
    }
    for (Map.Entry<String, DoubleSummaryStatistics> mean : means.entrySet()) {
      points.add(
          new ExportedRun.Point(MEAN + mean.getKey(), last, mean.getValue().getAverage(), 0));
    }
    return points;
  }

  private static double seconds(Map<String, Object> row) {
    return UnitSeconds.COLUMNS.stream()
        .map(row::get)
        .filter(Double.class::isInstance)
        .mapToDouble(value -> (Double) value)
        .sum();
  }

  /** Keys within others are written with a dot. */
  static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else {
      into.put(prefix, node.isTextual() ? node.textValue() : node.toString());
    }
  }
}
