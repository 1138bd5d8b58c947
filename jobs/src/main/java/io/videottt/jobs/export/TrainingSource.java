package io.videottt.jobs.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.reports.table.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The log of a training: one run, whose steps are the iterations of each phase. */
final class TrainingSource implements ExportSource {

  static final String LOG = "training-log.jsonl";
  static final String PHASE = "phase";
  static final String EVENT = "event";
  static final String ITERATION = "iteration";

  private static final int LARGEST_LOG = 256 << 20;
  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private final String folder;
  private final String name;
  private final Configuration hadoop;

  /** What the line with which a log starts tells, and the lines with numbers. */
  private record Log(Map<String, String> settings, List<JsonNode> lines) {}

  /**
   * @param folder output folder of a training, as it was given
   * @param name of the run, a file name
   */
  TrainingSource(String folder, String name, Configuration hadoop) {
    this.folder = folder;
    this.name = name;
    this.hadoop = hadoop;
  }

  static boolean isIn(String folder, Configuration hadoop) throws IOException {
    Path log = new Path(folder, LOG);
    return Storage.of(log, hadoop).exists(log);
  }

  /** The lines that have numbers, in their order. */
  List<JsonNode> lines() throws IOException {
    return log().lines();
  }

  private Log log() throws IOException {
    Path file = new Path(folder, LOG);
    String text =
        new String(Storage.of(file, hadoop).read(file, LARGEST_LOG), StandardCharsets.UTF_8);
    Map<String, String> settings = new TreeMap<>();
    List<JsonNode> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      JsonNode read = read(file, number, line);
      if (read.has("identity")) {
        SweepSource.flatten("", read.path("identity"), settings);
      } else if (read.path(PHASE).isTextual() && read.path(ITERATION).canConvertToLong()) {
        lines.add(read);
      } else {
        throw new InvalidInputException(
            "%s: line %d: neither the start of a training nor a phase's iteration"
                .formatted(file, number));
      }
    }
    return new Log(settings, lines);
  }

  private static JsonNode read(Path file, int number, String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("%s: line %d is no JSON".formatted(file, number), e);
    }
  }

  /** A name of a metric: what a validation found is apart from what a step had. */
  static String metric(JsonNode line, String key) {
    String plain = FileName.of(key);
    return "validation".equals(line.path(EVENT).asText()) ? "validation_" + plain : plain;
  }

  /** The numbers of a line by their keys. */
  static Map<String, Double> numbers(JsonNode line) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    line.properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber() && !field.getKey().equals(ITERATION)) {
                numbers.put(metric(line, field.getKey()), field.getValue().doubleValue());
              }
            });
    return numbers;
  }

  @Override
  public void forEach(RunConsumer consumer) throws IOException {
    Log log = log();
    Path file = new Path(folder, LOG);
    List<ExportedRun.Point> points = new ArrayList<>();
    for (JsonNode line : log.lines()) {
      String phase = line.path(PHASE).textValue();
      numbers(line)
          .forEach(
              (metric, value) -> {
                if (Double.isFinite(value)) {
                  points.add(
                      new ExportedRun.Point(
                          FileName.of(phase) + "/" + metric,
                          line.path(ITERATION).longValue(),
                          value,
                          0));
                }
              });
    }
    Storage storage = Storage.of(file, hadoop);
    Path qualified = storage.qualified(file);
    Instant end =
        Instant.ofEpochMilli(storage.fileSystem().getFileStatus(file).getModificationTime());
    consumer.accept(
        new ExportedRun(
            Sha256.id(qualified.toString()),
            folder,
            name,
            Map.of("training", folder),
            log.settings(),
            end,
            points));
  }
}
