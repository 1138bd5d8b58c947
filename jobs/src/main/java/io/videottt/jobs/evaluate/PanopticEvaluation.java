package io.videottt.jobs.evaluate;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.coco.CocoCategory;
import io.videottt.catalog.coco.CocoImage;
import io.videottt.catalog.coco.CocoPanoptic;
import io.videottt.catalog.truth.SegmentDisagreement;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticQuality;
import io.videottt.metrics.PanopticRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Panoptic quality of the images that the ground truth annotates. */
public final class PanopticEvaluation implements FrameEvaluation<PanopticEvaluation.Counts> {

  private static final List<String> GROUPS = List.of("", "_things", "_stuff");

  /**
   * The segments of frames, counted in two ways.
   *
   * @param benchmark by the benchmark's rules
   * @param released by those of the paper's released code
   */
  public record Counts(PanopticCounts benchmark, PanopticCounts released) {}

  private final CocoPanoptic groundTruth;
  private final CocoPanoptic predictions;
  private final List<CocoImage> images;
  private final List<CocoCategory> categories;
  private final LongAdder undrawn = new LongAdder();
  private final LongAdder unlistedPixels = new LongAdder();
  private final LongAdder otherSizes = new LongAdder();

  public PanopticEvaluation(CocoPanoptic groundTruth, CocoPanoptic predictions) {
    this.groundTruth = groundTruth;
    this.predictions = predictions;
    this.images = groundTruth.images();
    this.categories = groundTruth.categories();
  }

  @Override
  public String task() {
    return "panoptic";
  }

  @Override
  public List<String> metrics() {
    List<String> metrics = new ArrayList<>();
    for (String group : GROUPS) {
      metrics.addAll(List.of("PQ" + group, "SQ" + group, "RQ" + group));
    }
    return metrics;
  }

  @Override
  public List<String> classMetrics() {
    return List.of("PQ", "SQ", "RQ");
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
  public Counts empty() {
    return new Counts(new PanopticCounts(categories.size()), new PanopticCounts(categories.size()));
  }

  @Override
  public Counts count(int frame) {
    CocoImage image = images.get(frame);
    Counts counts = empty();
    PanopticMap truth = groundTruth.read(image);
    PanopticMap prediction = predictions.read(image);
    requireSameSize(image, truth, prediction);
    note(image, truth);
    counts.benchmark().add(image.name(), truth, prediction);
    counts.released().add(image.name(), truth, prediction, PanopticRules.RELEASED);
    for (CocoCategory category : categories) {
      double iouSum = counts.benchmark().iouSum(category.classId());
      // Areas come from the file; wrong ones make unions that no pixels have.
      if (!(iouSum >= 0 && iouSum <= counts.benchmark().truePositives(category.classId()))) {
        throw new InvalidInputException(
            "image %s: an area of category %d in the ground truth's JSON does not fit its mask"
                .formatted(image.name(), category.id()));
      }
    }
    return counts;
  }

  private void requireSameSize(CocoImage image, PanopticMap truth, PanopticMap prediction) {
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new InvalidInputException(
          "%s: %d x %d pixels, but the ground truth of image %s has %d x %d (width x height)"
              .formatted(
                  predictions.mask(image),
                  prediction.width(),
                  prediction.height(),
                  image.name(),
                  truth.width(),
                  truth.height()));
    }
  }

  /** Takes notice of what the reference tool, too, scores as it stands. */
  private void note(CocoImage image, PanopticMap truth) {
    SegmentDisagreement disagreement = SegmentDisagreement.of(truth);
    undrawn.add(disagreement.undrawn().size());
    unlistedPixels.add(disagreement.unlistedPixels());
    if (image.height() > 0
        && (image.height() != truth.height() || image.width() != truth.width())) {
      otherSizes.increment();
    }
  }

  @Override
  public List<String> notes(Counts pooled) {
    List<String> notes = new ArrayList<>();
    if (undrawn.sum() > 0) {
      notes.add(
          "%d segments of the ground truth have no pixel in their mask: missed, as by the COCO tools."
              .formatted(undrawn.sum()));
    }
    if (unlistedPixels.sum() > 0) {
      notes.add(
          "%d pixels of the ground truth are of segments that it does not list: no void, as by the COCO tools."
              .formatted(unlistedPixels.sum()));
    }
    if (otherSizes.sum() > 0) {
      notes.add(
          "%d images of the ground truth have another size than their mask: the mask's counts."
              .formatted(otherSizes.sum()));
    }
    if (predictions.unused() > 0) {
      notes.add(
          "%d predictions are of images without ground truth: not looked at."
              .formatted(predictions.unused()));
    }
    return notes;
  }

  @Override
  public void add(Counts sum, Counts frame) {
    sum.benchmark().add(frame.benchmark());
    sum.released().add(frame.released());
  }

  @Override
  public Map<String, Optional<Double>> values(Counts counts) {
    return values(counts.benchmark());
  }

  /** Where there is no segment the released code says 0. */
  @Override
  public Map<String, Optional<Double>> released(Counts counts) {
    Map<String, Optional<Double>> values = values(counts.released());
    values.replaceAll((metric, value) -> value.or(() -> Optional.of(0.0)));
    return values;
  }

  private Map<String, Optional<Double>> values(PanopticCounts counts) {
    Map<String, Optional<Double>> values = new LinkedHashMap<>();
    put(values, GROUPS.get(0), counts.quality());
    put(values, GROUPS.get(1), counts.quality(classId -> categories.get(classId).thing()));
    put(values, GROUPS.get(2), counts.quality(classId -> !categories.get(classId).thing()));
    return values;
  }

  @Override
  public List<Optional<Double>> classValues(Counts counts, int classId) {
    Optional<PanopticQuality> quality = counts.benchmark().quality(classId);
    return List.of(
        quality.map(PanopticQuality::pq),
        quality.map(PanopticQuality::sq),
        quality.map(PanopticQuality::rq));
  }

  /** As for the COCO tools, predictions of other images are no mistake: a note counts them. */
  @Override
  public List<String> unmatched() {
    return List.of();
  }

  private static void put(
      Map<String, Optional<Double>> values, String group, Optional<PanopticQuality> quality) {
    values.put("PQ" + group, quality.map(PanopticQuality::pq));
    values.put("SQ" + group, quality.map(PanopticQuality::sq));
    values.put("RQ" + group, quality.map(PanopticQuality::rq));
  }
}
