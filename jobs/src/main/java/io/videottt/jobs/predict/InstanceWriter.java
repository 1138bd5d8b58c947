package io.videottt.jobs.predict;

import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.InstanceOverlay;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.saved.CocoText;
import io.videottt.metrics.InstanceDetection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Instance segmentation in COCO's format of results: NAME-overlay.png, and instances.json with all
 * detections, drawn or not.
 *
 * @param output where the files go
 * @param classes the model's classes
 * @param ids of the images
 * @param drawThreshold detections of a lower score are not drawn
 */
public record InstanceWriter(
    PredictionOutput output, PredictedClasses classes, ImageIds ids, double drawThreshold)
    implements SegmentWriter {

  public static final String SUMMARY = "instances.json";

  @Override
  public Task task() {
    return Task.INSTANCE;
  }

  @Override
  public ImageRecord predict(FramePredictor predictor, Path image) {
    ImageFiles files = output.files();
    RgbImage pixels = files.read(image);
    List<InstanceDetection> detections = predictor.instances(pixels);
    files.write(
        output.overlay(image),
        new InstanceOverlay(classes, drawThreshold).draw(pixels, detections));
    return new ImageRecord(
        image.toString(), pixels.height(), pixels.width(), results(image, detections), "");
  }

  /** The image's results, without the brackets of a list. */
  private String results(Path image, List<InstanceDetection> detections) {
    return new CocoText(classes).detections(json -> ids.write(json, "image_id", image), detections);
  }

  @Override
  public void writeSummary(Supplier<Stream<ImageRecord>> images) {
    output.writeJson(
        SUMMARY,
        json -> {
          json.writeStartArray();
          for (ImageRecord image : (Iterable<ImageRecord>) images.get()::iterator) {
            if (!image.json().isEmpty()) {
              json.writeRawValue(image.json());
            }
          }
          json.writeEndArray();
        });
  }
}
