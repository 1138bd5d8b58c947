package io.videottt.jobs.results;

import io.videottt.adaptation.scoring.FeatureScore;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.ColourCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The columns of colorization's scores: what pools exactly are sums with their numbers. */
final class ColourColumns {

  private static final ColumnType FLOATS = new ColumnType.ListOf(ColumnType.Scalar.FLOAT);

  /** In the order of the file. */
  static final List<FrameColumn> ALL =
      List.of(
          score(
              MetricsSchema.PSNR,
              ColumnType.Scalar.DOUBLE,
              "peak signal-to-noise ratio of the colours of the frame, dB; null without any error",
              score -> FrameColumn.boxed(score.counts().peakSignalToNoise())),
          score(
              MetricsSchema.SSIM,
              ColumnType.Scalar.DOUBLE,
              "structural similarity of the colours of the frame, at most 1; null where a side is"
                  + " shorter than 11 pixels",
              score -> FrameColumn.boxed(score.counts().structuralSimilarity())),
          count(
              MetricsSchema.SQUARED_ERROR,
              "sum of the squared differences of all colour values",
              ColourCounts::squaredError),
          count(
              MetricsSchema.COLOUR_SAMPLES,
              "number of these values: three per pixel",
              ColourCounts::samples),
          score(
              MetricsSchema.SSIM_SUM,
              ColumnType.Scalar.DOUBLE,
              "sum over the map of structural similarity",
              score -> Optional.of(score.counts().similarity())),
          count(
              MetricsSchema.SSIM_SAMPLES,
              "number of the map's values",
              ColourCounts::similaritySamples),
          score(
              MetricsSchema.COLOURFULNESS,
              ColumnType.Scalar.DOUBLE,
              "colourfulness of the prediction (Hasler and Suesstrunk)",
              score -> Optional.of(score.colourfulness())),
          score(
              MetricsSchema.TRUE_COLOURFULNESS,
              ColumnType.Scalar.DOUBLE,
              "colourfulness of the true colours",
              score -> Optional.of(score.trueColourfulness())),
          change(
              MetricsSchema.CHROMA_CHANGE,
              ColumnType.Scalar.DOUBLE,
              "sum of the absolute changes of the predicted chroma since the frame before; null"
                  + " where that one was not predicted before this one",
              ChromaChange::prediction),
          change(
              MetricsSchema.TRUE_CHROMA_CHANGE,
              ColumnType.Scalar.DOUBLE,
              "the same sum of the true chroma",
              ChromaChange::truth),
          change(
              MetricsSchema.CHROMA_CHANGE_SAMPLES,
              ColumnType.Scalar.LONG,
              "number of changes in these sums: two per pixel",
              ChromaChange::samples),
          inception(
              MetricsSchema.INCEPTION_NETWORK,
              ColumnType.Scalar.TEXT,
              "SHA-256 of the file of the network that the features are of; null, as they, in a"
                  + " sweep without `--inception`",
              FeatureScore.Inception::network),
          inception(
              MetricsSchema.INCEPTION_TRUTH,
              FLOATS,
              "its features of the true colours",
              score -> list(score.truth())),
          inception(
              MetricsSchema.INCEPTION_FEATURES,
              FLOATS,
              "its features of the prediction",
              score -> list(score.prediction())),
          inception(
              MetricsSchema.INCEPTION_PROBABILITIES,
              FLOATS,
              "its class probabilities of the prediction",
              score -> list(score.probabilities())),
          lpips(
              MetricsSchema.LPIPS_NETWORK,
              ColumnType.Scalar.TEXT,
              "SHA-256 of the file of the network of LPIPS; null, as the distance, in a sweep"
                  + " without `--lpips`",
              FeatureScore.Lpips::network),
          lpips(
              MetricsSchema.LPIPS,
              ColumnType.Scalar.DOUBLE,
              "its distance between the prediction and the true colours",
              FeatureScore.Lpips::distance));

  private ColourColumns() {}

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private static FrameColumn inception(
      String name,
      ColumnType type,
      String description,
      Function<FeatureScore.Inception, Object> value) {
    return score(name, type, description, score -> score.features().inception().map(value));
  }

  private static FrameColumn lpips(
      String name,
      ColumnType type,
      String description,
      Function<FeatureScore.Lpips, Object> value) {
    return score(name, type, description, score -> score.features().lpips().map(value));
  }

  private static FrameColumn score(
      String name,
      ColumnType type,
      String description,
      Function<FrameScore.Colorization, Optional<?>> value) {
    return FrameColumn.ofScore(FrameScore.Colorization.class, name, type, description, value);
  }

  private static FrameColumn count(
      String name, String description, Function<ColourCounts, Long> value) {
    return score(
        name,
        ColumnType.Scalar.LONG,
        description,
        score -> Optional.of(value.apply(score.counts())));
  }

  private static FrameColumn change(
      String name, ColumnType type, String description, Function<ChromaChange, Object> value) {
    return score(name, type, description, score -> score.change().map(value));
  }
}
