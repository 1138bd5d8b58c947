package io.videottt.jobs.predict;

import ai.djl.Device;
import io.videottt.base.Count;
import io.videottt.jobs.predict.VideoPredictor.Outcome;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.runtime.SparkSessions;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Predictions of videos: one in this process, several with Spark. */
public final class VideoPredictions {

  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Model model;
  private final Set<SaveKind> wanted;
  private final BiFunction<ModelConfiguration, Set<SaveKind>, VideoPredictor> predictors;

  /**
   * What predicts, and where.
   *
   * @param folder of the model
   * @param device auto, cpu or gpu:N
   * @param spark how Spark is started where it is needed
   */
  public record Model(String folder, String device, SparkSettings spark, Configuration hadoop) {

    SegmentationModel load(Device where) {
      return SegmentationModel.load(new Path(folder), hadoop, where);
    }

    SegmentationModel load() {
      return load(DeviceChoice.resolve(device));
    }
  }

  /**
   * Predictions that are not begun.
   *
   * @param wanted kinds that the user names; none for the usual ones
   * @param predictors what is predicted with a model, for some kinds of results
   */
  public VideoPredictions(
      PrintWriter out,
      PrintWriter err,
      Model model,
      Set<SaveKind> wanted,
      BiFunction<ModelConfiguration, Set<SaveKind>, VideoPredictor> predictors) {
    this.out = out;
    this.err = err;
    this.model = model;
    this.wanted = wanted;
    this.predictors = predictors;
  }

  private VideoPredictor predictor(SegmentationModel loaded, SaveKind usual) {
    VideoPredictor predictor =
        predictors.apply(loaded.configuration(), wanted.isEmpty() ? Set.of(usual) : wanted);
    predictor.requireFit(loaded);
    return predictor;
  }

  /** Predicts films; whether all of them were whole. */
  public boolean films(List<Path> films) throws IOException {
    if (films.size() == 1) {
      try (SegmentationModel loaded = model.load()) {
        VideoPredictor predictor = predictor(loaded, SaveKind.VIDEO);
        predictor.requireApart(films);
        Outcome outcome = withProgress(shown -> predictor.film(loaded, films.get(0), shown));
        return report(predictor, 1, List.of(outcome), predictor.folder(films.get(0)).toString());
      }
    }
    VideoPredictor predictor;
    try (SegmentationModel loaded = model.load(Device.cpu())) {
      predictor = predictor(loaded, SaveKind.VIDEO);
    }
    predictor.requireApart(films);
    try (SparkSession session = SparkSessions.start("predict", model.spark())) {
      List<Outcome> outcomes =
          new FilmsPredictor(session, model.folder(), model.device())
              .run(films, predictor, model.hadoop());
      return report(predictor, films.size(), outcomes, predictor.output() + ", by film");
    }
  }

  /** Predicts pictures as the frames of one video; whether all of them could be read. */
  public boolean pictures(List<Path> pictures, ResultNames names, double framesPerSecond) {
    try (SegmentationModel loaded = model.load()) {
      VideoPredictor predictor = predictor(loaded, SaveKind.PREDICTIONS);
      Outcome outcome =
          withProgress(
              shown -> predictor.pictures(loaded, pictures, names, framesPerSecond, shown));
      return report(predictor, 0, List.of(outcome), predictor.output());
    }
  }

  @FunctionalInterface
  private interface Predicting {

    Outcome run(VideoPredictor.Progress progress);
  }

  private Outcome withProgress(Predicting predicting) {
    ProgressLine line = ProgressLine.on(err);
    long start = System.nanoTime();
    try {
      return predicting.run(
          (done, frames) -> {
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            line.show(
                String.format(
                    Locale.ROOT,
                    "frame %d of %d, %.2f s/frame, %s left",
                    done,
                    frames,
                    seconds / done,
                    ProgressLine.readable(seconds / done * (frames - done))));
          });
    } finally {
      line.end();
    }
  }

  private boolean report(
      VideoPredictor predictor, int films, List<Outcome> outcomes, String where) {
    int frames = outcomes.stream().mapToInt(Outcome::frames).sum();
    long whole = outcomes.stream().filter(outcome -> outcome.failures().isEmpty()).count();
    List<String> failures = outcomes.stream().flatMap(each -> each.failures().stream()).toList();
    String kinds = predictor.kinds().stream().map(SaveKind::id).collect(Collectors.joining(", "));
    if (films == 0) {
      out.printf("%s predicted; %s in %s%n", Count.of(frames, "image"), kinds, where);
    } else {
      out.printf(
          "%d of %s predicted, %s; %s in %s%n",
          whole, Count.of(films, "video"), Count.of(frames, "frame"), kinds, where);
    }
    out.flush();
    failures.forEach(failure -> err.println("ttt: " + failure));
    err.flush();
    return failures.isEmpty();
  }
}
