package io.videottt.jobs.export;

import io.videottt.base.Sha256;
import io.videottt.reports.table.FileName;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.hadoop.fs.Path;

/**
 * Runs in the layout of MLflow's file store, which {@code mlflow ui --backend-store-uri DIR} shows
 * and MLflow's {@code migrate} commands read: a folder for each experiment, here the folder that
 * was exported, in it one for each run with {@code meta.yaml}, {@code metrics/NAME} (lines of time,
 * value and step), {@code params/NAME} and {@code tags/NAME}.
 */
final class MlflowExport {

  /** MLflow's number for a run that has finished. */
  private static final int FINISHED = 3;

  /** MLflow's number for a run of a local program. */
  private static final int LOCAL = 4;

  private static final int EXPERIMENT_DIGITS = 18;
  private static final int HEX = 16;

  private final ExportFolder folder;
  private final Set<String> experiments = new HashSet<>();

  MlflowExport(ExportFolder folder) {
    this.folder = folder;
  }

  /** Writes a run and the experiment that it is in. */
  void write(ExportedRun run) throws IOException {
    String experiment = experimentId(run.source());
    if (experiments.add(experiment)) {
      folder.write(experiment + "/meta.yaml", experiment(run, experiment));
    }
    String place = experiment + "/" + run.id();
    folder.write(place + "/meta.yaml", meta(run, experiment));
    Map<String, StringBuilder> metrics = new LinkedHashMap<>();
    for (ExportedRun.Point point : run.points()) {
      metrics
          .computeIfAbsent(point.metric(), key -> new StringBuilder())
          .append(run.millis(point))
          .append(' ')
          .append(point.value())
          .append(' ')
          .append(point.step())
          .append('\n');
    }
    for (Map.Entry<String, StringBuilder> metric : metrics.entrySet()) {
      folder.write(place + "/metrics/" + metric.getKey(), metric.getValue().toString());
    }
    write(place + "/params/", run.settings());
    Map<String, String> tags = new LinkedHashMap<>(run.facts());
    tags.put("mlflow.runName", run.name());
    tags.put("mlflow.source.name", "Spark Video TTT");
    write(place + "/tags/", tags);
  }

  private void write(String place, Map<String, String> values) throws IOException {
    for (Map.Entry<String, String> value : values.entrySet()) {
      folder.write(place + FileName.of(value.getKey()), value.getValue());
    }
  }

  /** The same folder has the same number every time. */
  private static String experimentId(String source) {
    long number = Long.parseUnsignedLong(Sha256.id(source).substring(0, HEX - 1), HEX);
    return String.format("%0" + EXPERIMENT_DIGITS + "d", number).substring(0, EXPERIMENT_DIGITS);
  }

  private String experiment(ExportedRun run, String id) {
    long time = run.firstMillis();
    return yaml(
        List.of(
            Map.entry("artifact_location", quoted(new Path(folder.path(), id).toString())),
            Map.entry("creation_time", time),
            Map.entry("experiment_id", quoted(id)),
            Map.entry("last_update_time", time),
            Map.entry("lifecycle_stage", "active"),
            Map.entry("name", quoted(run.source()))));
  }

  private String meta(ExportedRun run, String experiment) {
    return yaml(
        List.of(
            Map.entry(
                "artifact_uri",
                quoted(
                    new Path(folder.path(), "%s/%s/artifacts".formatted(experiment, run.id()))
                        .toString())),
            Map.entry("end_time", run.end().toEpochMilli()),
            Map.entry("entry_point_name", "''"),
            Map.entry("experiment_id", quoted(experiment)),
            Map.entry("lifecycle_stage", "active"),
            Map.entry("run_id", quoted(run.id())),
            Map.entry("run_name", quoted(run.name())),
            Map.entry("run_uuid", quoted(run.id())),
            Map.entry("source_name", "''"),
            Map.entry("source_type", LOCAL),
            Map.entry("source_version", "''"),
            Map.entry("start_time", run.firstMillis()),
            Map.entry("status", FINISHED),
            Map.entry("tags", "[]"),
            Map.entry("user_id", quoted("videottt"))));
  }

  private static String yaml(List<Map.Entry<String, ?>> entries) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    entries.forEach(entry -> text.add(entry.getKey() + ": " + entry.getValue()));
    return text.toString();
  }

  /** A text in YAML's single quotes; line breaks, which no name has, become spaces. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\R", " ") + "'";
  }
}
