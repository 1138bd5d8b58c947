package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.base.Task;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** The files of units that run together, one per task; closing leaves what was committed. */
public final class MetricsFiles implements AutoCloseable {

  private final Map<Task, MetricsFile> files = new EnumMap<>(Task.class);

  public void add(Task task, MetricsFile file) {
    files.put(task, file);
  }

  public void write(FrameResult frame) {
    files.get(frame.task()).write(frame);
  }

  public MetricsFile of(Task task) {
    return files.get(task);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (MetricsFile file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
