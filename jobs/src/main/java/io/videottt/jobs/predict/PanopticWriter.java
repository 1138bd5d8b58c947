package io.videottt.jobs.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.drawing.ImageFiles;
import io.videottt.jobs.drawing.PanopticOverlay;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.saved.CocoText;
import io.videottt.metrics.PanopticMap;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Panoptic segmentation in COCO's format: NAME.png with the segments' ids, NAME-overlay.png, and
 * panoptic.json.
 *
 * @param output where the files go
 * @param classes the model's classes
 * @param ids of the images
 */
public record PanopticWriter(PredictionOutput output, PredictedClasses classes, ImageIds ids)
    implements SegmentWriter {

  public static final String SUMMARY = "panoptic.json";

  @Override
  public Task task() {
    return Task.PANOPTIC;
  }

  @Override
  public ImageRecord predict(FramePredictor predictor, Path image) {
    ImageFiles files = output.files();
    RgbImage pixels = files.read(image);
    PanopticMap map = predictor.panoptic(pixels);
    files.write(output.overlay(image), new PanopticOverlay(classes).draw(pixels, map));
    files.writeSegmentIds(output.labels(image), map);
    return new ImageRecord(image.toString(), map.height(), map.width(), annotation(image, map), "");
  }

  private String annotation(Path image, PanopticMap map) {
    return new CocoText(classes)
        .segments(json -> ids.write(json, "image_id", image), output.labels(image).getName(), map);
  }

  @Override
  public void writeSummary(Supplier<Stream<ImageRecord>> images) {
    output.writeJson(
        SUMMARY,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("images");
          for (ImageRecord image : (Iterable<ImageRecord>) images.get()::iterator) {
            writeImage(json, image);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("annotations");
          for (ImageRecord image : (Iterable<ImageRecord>) images.get()::iterator) {
            json.writeRawValue(image.json());
          }
          json.writeEndArray();
          classes.writeCategories(json);
          json.writeEndObject();
        });
  }

  private void writeImage(JsonGenerator json, ImageRecord image) throws IOException {
    Path file = new Path(image.file());
    json.writeStartObject();
    ids.write(json, "id", file);
    json.writeStringField("file_name", file.getName());
    json.writeNumberField("height", image.height());
    json.writeNumberField("width", image.width());
    json.writeEndObject();
  }
}
