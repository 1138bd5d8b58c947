package io.videottt.jobs.saved;

import com.fasterxml.jackson.core.JsonGenerator;
import io.videottt.jobs.drawing.Extent;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Segments and objects as COCO's files write them.
 *
 * @param classes whose ids the files have
 */
public record CocoText(PredictedClasses classes) {

  /**
   * The entry of an image in the annotations of panoptic.json.
   *
   * @param id writes the field image_id
   * @param fileName of the map with the segments' ids
   */
  public String segments(JsonText.Content id, String fileName, PanopticMap map) {
    Map<Integer, Extent> extents = new HashMap<>();
    for (int i = 0; i < map.ids().length; i++) {
      if (map.ids()[i] > PanopticMap.VOID) {
        extents
            .computeIfAbsent(map.ids()[i], segment -> new Extent())
            .add(i % map.width(), i / map.width());
      }
    }
    return JsonText.of(
        json -> {
          json.writeStartObject();
          id.write(json);
          json.writeStringField("file_name", fileName);
          json.writeArrayFieldStart("segments_info");
          for (PanopticSegment segment : map.segments()) {
            // Ground truth may list a segment that has no pixel.
            Extent extent = extents.getOrDefault(segment.id(), new Extent());
            json.writeStartObject();
            json.writeNumberField("id", segment.id());
            json.writeNumberField("category_id", classes.categoryId(segment.classId()));
            writeArea(json, segment.area() > 0 ? segment.area() : extent.area());
            extent.write(json);
            json.writeNumberField("iscrowd", segment.crowd() ? 1 : 0);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeArea(JsonGenerator json, double area) throws IOException {
    if (area == Math.rint(area) && area < Long.MAX_VALUE) {
      json.writeNumberField("area", (long) area);
    } else {
      json.writeNumberField("area", area);
    }
  }

  /**
   * An image's results in instances.json, without the brackets of a list.
   *
   * @param id writes the field image_id
   */
  public String detections(JsonText.Content id, List<InstanceDetection> detections) {
    List<String> results =
        detections.stream()
            .map(
                detection ->
                    JsonText.of(
                        json -> {
                          json.writeStartObject();
                          id.write(json);
                          json.writeNumberField(
                              "category_id", classes.categoryId(detection.classId()));
                          json.writeNumberField("score", detection.score());
                          writeMask(json, detection.mask());
                          json.writeEndObject();
                        }))
            .toList();
    return String.join(",\n", results);
  }

  /**
   * An image's objects in the annotations of a ground truth, without the brackets of a list.
   *
   * @param id writes the field image_id
   * @param first number of the first object in its file
   */
  String objects(JsonText.Content id, long first, List<InstanceTruth> objects) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < objects.size(); i++) {
      InstanceTruth object = objects.get(i);
      long number = first + i;
      text.append(i == 0 ? "" : ",\n")
          .append(
              JsonText.of(
                  json -> {
                    json.writeStartObject();
                    json.writeNumberField("id", number);
                    id.write(json);
                    json.writeNumberField("category_id", classes.categoryId(object.classId()));
                    writeArea(json, object.area());
                    json.writeNumberField("iscrowd", object.crowd() ? 1 : 0);
                    writeMask(json, object.mask());
                    json.writeEndObject();
                  }));
    }
    return text.toString();
  }

  private static void writeMask(JsonGenerator json, RunLengthMask mask) throws IOException {
    Extent.of(mask.toPixels(), mask.width()).write(json);
    json.writeObjectFieldStart("segmentation");
    json.writeArrayFieldStart("size");
    json.writeNumber(mask.height());
    json.writeNumber(mask.width());
    json.writeEndArray();
    json.writeStringField("counts", mask.compressed());
    json.writeEndObject();
  }
}
