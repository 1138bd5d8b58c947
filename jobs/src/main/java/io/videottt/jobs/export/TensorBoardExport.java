package io.videottt.jobs.export;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs as TensorBoard reads them: {@code RUN/events.out.tfevents...}, one file each. */
final class TensorBoardExport {

  private static final double MILLIS_PER_SECOND = 1000;

  private TensorBoardExport() {}

  /** Writes a run; the same run has the same name and bytes every time. */
  static void write(ExportedRun run, ExportFolder folder) throws IOException {
    double begin = run.firstMillis() / MILLIS_PER_SECOND;
    folder.write(
        "%s/events.out.tfevents.%010d.videottt".formatted(run.name(), (long) begin),
        stream -> {
          EventFile events = new EventFile(stream, begin);
          events.text("settings", markdown(run), begin);
          for (ExportedRun.Point point : run.points()) {
            events.scalar(
                point.metric(), point.step(), point.value(), run.millis(point) / MILLIS_PER_SECOND);
          }
        });
  }

  private static String markdown(ExportedRun run) {
    Map<String, String> all = new LinkedHashMap<>(run.facts());
    all.putAll(run.settings());
    return all.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> "    %s: %s".formatted(entry.getKey(), entry.getValue().replace('\n', ' ')))
        .collect(Collectors.joining("\n"));
  }
}
