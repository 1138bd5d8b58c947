package io.videottt.jobs.predict;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Precision;
import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * Predicts the segments of images with a model.
 *
 * @param task what is predicted
 * @param height rows that the network works at, 0 for the image's own
 * @param width columns that the network works at, 0 for the image's own
 * @param precision that the network computes in
 * @param classes the model's classes
 * @param postProcessing how segments and detections are made
 */
public record ImageSegmenter(
    SegmentWriter task,
    int height,
    int width,
    Precision precision,
    PredictedClasses classes,
    PostProcessing postProcessing)
    implements Serializable {

  private FramePredictor predictor(SegmentationModel model) {
    return new FramePredictor(
        model, new WorkingSize(height, width, 0, 0), classes.definitions(), postProcessing);
  }

  /**
   * Checks that the model can do the task.
   *
   * @throws InvalidInputException when it cannot, or not with these classes
   */
  public void requireFit(SegmentationModel model) {
    predictor(model).require(task.task());
  }

  /**
   * Predicts an image and writes its files.
   *
   * @throws InvalidInputException when it cannot be read or a file not be written
   */
  public ImageRecord predict(SegmentationModel model, Path image) {
    return precision.within(() -> task.predict(predictor(model), image));
  }

  /** As {@link #predict}, with what is wrong with an image in the record. */
  ImageRecord predictOrRecord(SegmentationModel model, String image) {
    try {
      return predict(model, new Path(image));
    } catch (InvalidInputException e) {
      return ImageRecord.failed(image, e.getMessage());
    }
  }
}
