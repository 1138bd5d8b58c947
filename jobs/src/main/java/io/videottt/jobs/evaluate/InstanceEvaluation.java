package io.videottt.jobs.evaluate;

import io.videottt.catalog.coco.CocoCategory;
import io.videottt.catalog.coco.CocoImage;
import io.videottt.catalog.coco.CocoInstances;
import io.videottt.catalog.coco.CocoResults;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.InstanceCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Average precision of masks over every image of the ground truth. */
public final class InstanceEvaluation implements FrameEvaluation<InstanceCounts> {

  /** Of IoU 0.50, 0.55, ... the places of 0.50 and 0.75. */
  private static final int HALF = 0;

  private static final int THREE_QUARTERS = 5;

  private final CocoInstances groundTruth;
  private final CocoResults predictions;
  private final List<CocoImage> images;
  private final List<CocoCategory> categories;

  public InstanceEvaluation(CocoInstances groundTruth, CocoResults predictions) {
    this.groundTruth = groundTruth;
    this.predictions = predictions;
    this.images = groundTruth.images();
    this.categories = groundTruth.categories();
  }

  @Override
  public String task() {
    return "instance";
  }

  @Override
  public List<String> metrics() {
    return List.of("AP", "AP50", "AP75", "AP_small", "AP_medium", "AP_large");
  }

  @Override
  public List<String> classMetrics() {
    return List.of("AP");
  }

  @Override
  public List<String> classes() {
    return categories.stream().map(CocoCategory::name).toList();
  }

  @Override
  public List<String> files() {
    return images.stream().map(groundTruth::fileOf).toList();
  }

  @Override
  public InstanceCounts empty() {
    return new InstanceCounts(categories.size());
  }

  @Override
  public InstanceCounts count(int frame) {
    CocoImage image = images.get(frame);
    InstanceCounts counts = empty();
    counts.add(image.name(), groundTruth.objects(image), predictions.detections(image));
    return counts;
  }

  @Override
  public void add(InstanceCounts sum, InstanceCounts frame) {
    sum.add(frame);
  }

  @Override
  public Map<String, Optional<Double>> values(InstanceCounts counts) {
    Map<String, Optional<Double>> values = new LinkedHashMap<>();
    values.put("AP", counts.averagePrecision(AreaRange.ALL));
    values.put("AP50", counts.averagePrecisionAt(HALF));
    values.put("AP75", counts.averagePrecisionAt(THREE_QUARTERS));
    values.put("AP_small", counts.averagePrecision(AreaRange.SMALL));
    values.put("AP_medium", counts.averagePrecision(AreaRange.MEDIUM));
    values.put("AP_large", counts.averagePrecision(AreaRange.LARGE));
    return values;
  }

  /**
   * The objects are those of the file: where it lists stuff, as the release makes it, stuff too.
   */
  @Override
  public Map<String, Optional<Double>> released(InstanceCounts counts) {
    return values(counts);
  }

  @Override
  public List<Optional<Double>> classValues(InstanceCounts counts, int classId) {
    return List.of(counts.averagePrecisionOfClass(classId));
  }

  /** Reading the predictions refuses those of other images. */
  @Override
  public List<String> unmatched() {
    return List.of();
  }

  @Override
  public List<String> notes(InstanceCounts pooled) {
    return List.of();
  }
}
