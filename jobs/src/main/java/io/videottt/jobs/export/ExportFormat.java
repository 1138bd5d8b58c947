package io.videottt.jobs.export;

import java.util.Locale;

/** Who is to read an export. */
public enum ExportFormat {
  /** TensorBoard: an event file for each run. */
  TENSORBOARD,
  /** MLflow: the folder of a tracking store, experiments with their runs. */
  MLFLOW,
  /** Anybody: tidy tables, a row for each frame or iteration and a column for each number. */
  CSV;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
