package io.videottt.jobs;

import io.videottt.adaptation.AdaptationSettings;
import io.videottt.adaptation.FrameResult;
import io.videottt.adaptation.FrameScore;
import io.videottt.adaptation.Method;
import io.videottt.metrics.SemanticCounts;
import io.videottt.metrics.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Results that were never measured: known confusion counts, to hold reports to exact numbers. */
final class SyntheticResults {

  static final String RUN = "run-test";
  private static final int CLASSES = 3;

  private final ResultsFolder results;
  private final Configuration hadoop = new Configuration();

  SyntheticResults(Path folder) {
    this.results = new ResultsFolder(folder.toString(), hadoop);
  }

  static Unit unit(String video, Method method, long seed) {
    return new Unit(
        "tiny",
        "test",
        "semantic",
        video,
        2,
        method,
        "",
        AdaptationSettings.small(),
        seed,
        "model",
        "/models/model",
        "f00d",
        "");
  }

  /** A frame whose classes are given digit by digit; 9 is the ignore label. */
  static FrameResult frame(int index, String truth, String prediction) {
    SemanticCounts counts = new SemanticCounts(CLASSES);
    counts.add(labels(truth), labels(prediction));
    return new FrameResult(
        index,
        "%06d".formatted(index),
        Task.SEMANTIC,
        true,
        Optional.of(new FrameScore.Semantic(counts)),
        0.5,
        Double.NaN,
        2,
        0.01,
        0.25,
        0.125,
        0.001);
  }

  static FrameResult unannotated(int index) {
    return new FrameResult(
        index,
        "%06d".formatted(index),
        Task.SEMANTIC,
        false,
        Optional.empty(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0.01,
        0.25,
        0.125,
        0);
  }

  private static byte[] labels(String digits) {
    byte[] labels = new byte[digits.length()];
    for (int i = 0; i < labels.length; i++) {
      int digit = digits.charAt(i) - '0';
      labels[i] = (byte) (digit == 9 ? SemanticCounts.IGNORE : digit);
    }
    return labels;
  }

  MetricsFile open(Unit unit) throws IOException {
    return new MetricsFile(unit, new ExecutionSite("host", "cpu"), results, RUN, hadoop);
  }

  void write(Unit unit, FrameResult... frames) throws IOException {
    try (MetricsFile file = open(unit)) {
      for (FrameResult frame : frames) {
        file.write(frame);
      }
      file.commit();
    }
  }
}
