package io.videottt.jobs.predict;

import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.base.Task;
import java.io.Serializable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Predicting segments: files for every image, and one JSON file for all of them. */
public sealed interface SegmentWriter extends Serializable permits PanopticWriter, InstanceWriter {

  /** What is predicted. */
  Task task();

  /**
   * Predicts an image and writes its files.
   *
   * @throws io.videottt.base.InvalidInputException when the image cannot be read or a file not be
   *     written
   */
  ImageRecord predict(FramePredictor predictor, Path image);

  /**
   * Writes the JSON file.
   *
   * @param images the images that were predicted; asked for more than once
   */
  void writeSummary(Supplier<Stream<ImageRecord>> images);
}
