package io.videottt.jobs.drawing;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.base.Task;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.InstanceTruth;
import java.awt.image.BufferedImage;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What is predicted, or true, as a picture of the frame's size: classes, segments and objects drawn
 * over the frame; of colorization the coloured frame itself.
 *
 * @param colours of classes of pixels
 * @param classes for segments and objects; without any where these are not drawn
 * @param drawThreshold detections of a lower score are not drawn
 */
public record PredictionOverlay(
    ClassColours colours, PredictedClasses classes, double drawThreshold) implements Serializable {

  /** Detections below it are mostly wrong. */
  public static final double DRAW_THRESHOLD = 0.5;

  /** Annotated objects are certain. */
  private static final double CERTAIN = 1;

  /** Overlays in the colours of classes. */
  public static PredictionOverlay of(PredictedClasses classes, double drawThreshold) {
    return new PredictionOverlay(ClassColours.of(classes.definitions()), classes, drawThreshold);
  }

  /** Overlays of pixels alone, whatever the classes are. */
  public static PredictionOverlay ofPixels(ClassColours colours) {
    return new PredictionOverlay(colours, new PredictedClasses(List.of()), DRAW_THRESHOLD);
  }

  /** Draws a prediction. */
  public BufferedImage draw(RgbImage frame, TaskPrediction prediction) {
    if (prediction instanceof TaskPrediction.Semantic semantic) {
      return classes(frame, semantic.labels());
    }
    if (prediction instanceof TaskPrediction.Panoptic panoptic) {
      return new PanopticOverlay(classes).draw(frame, panoptic.map());
    }
    if (prediction instanceof TaskPrediction.Instance instance) {
      return objects(frame, instance.detections());
    }
    if (prediction instanceof TaskPrediction.Colorization colorization) {
      return Overlays.picture(colorization.colours());
    }
    throw new IllegalStateException("a prediction is one of four kinds");
  }

  /** Draws the ground truth in the same way; empty where the frame has none for the task. */
  public Optional<BufferedImage> draw(RgbImage frame, GroundTruth truth, Task task) {
    return switch (task) {
      case SEMANTIC -> truth.labels().map(labels -> classes(frame, labels));
      case PANOPTIC -> truth.panoptic().map(map -> new PanopticOverlay(classes).draw(frame, map));
      case INSTANCE -> truth.instances().map(own -> objects(frame, certain(own)));
      case COLORIZATION -> truth.colours().map(Overlays::picture);
    };
  }

  private BufferedImage classes(RgbImage frame, LabelMap labels) {
    return Overlays.classes(frame, labels, colours);
  }

  private BufferedImage objects(RgbImage frame, List<InstanceDetection> detections) {
    return new InstanceOverlay(classes, drawThreshold).draw(frame, detections);
  }

  private static List<InstanceDetection> certain(List<InstanceTruth> objects) {
    return objects.stream()
        .map(object -> new InstanceDetection(object.classId(), object.mask(), CERTAIN))
        .toList();
  }
}
