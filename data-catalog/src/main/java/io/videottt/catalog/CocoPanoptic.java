package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Panoptic segmentations as COCO writes them: a JSON object that lists each image's segments, and a
 * folder with a PNG per image whose pixels hold the segments' ids (red + 256 green + 65536 blue; 0
 * where there is none). Immutable, safe to share between threads.
 */
public final class CocoPanoptic {

  private static final int LARGEST_MASK_BYTES = 256 << 20;

  private final String file;
  private final Path masks;
  private final boolean truth;
  private final CocoIndex index;
  private final Map<String, CocoPanopticAnnotation> annotations;
  private final Configuration hadoop;

  private CocoPanoptic(
      String file,
      String masks,
      boolean truth,
      CocoIndex index,
      Map<String, CocoPanopticAnnotation> annotations,
      Configuration hadoop) {
    this.file = file;
    this.masks = StorageLocation.parse(masks, "folder of masks");
    this.truth = truth;
    this.index = index;
    this.annotations = annotations;
    this.hadoop = hadoop;
  }

  /**
   * Reads the ground truth: categories, images and segments.
   *
   * @param file JSON, any Hadoop path
   * @param masks folder of the PNG files, any Hadoop path
   * @throws InvalidInputException when the file is malformed or its parts do not fit together
   */
  public static CocoPanoptic groundTruth(String file, String masks, Configuration hadoop) {
    CocoIndex index = new CocoIndex(file);
    Map<String, CocoPanopticAnnotation> annotations = new HashMap<>();
    read(file, index, annotations, hadoop);
    if (!index.hasImages()) {
      annotations.forEach((id, found) -> index.add(new CocoImage(id, found.fileName(), 0, 0)));
    }
    index.finish();
    if (annotations.isEmpty()) {
      throw new InvalidInputException("%s: has no annotations".formatted(file));
    }
    CocoPanoptic panoptic = new CocoPanoptic(file, masks, true, index, annotations, hadoop);
    panoptic.requireListed();
    return panoptic;
  }

  /**
   * Reads predictions.
   *
   * @param file JSON, any Hadoop path; only its annotations are looked at
   * @param masks folder of the PNG files, any Hadoop path
   * @param groundTruth whose images and categories the predictions are about
   * @throws InvalidInputException when the file is malformed, names an image or a category that the
   *     ground truth does not list, or lacks an image that is annotated there
   */
  public static CocoPanoptic predictions(
      String file, String masks, CocoPanoptic groundTruth, Configuration hadoop) {
    Map<String, CocoPanopticAnnotation> annotations = new HashMap<>();
    read(file, null, annotations, hadoop);
    CocoPanoptic panoptic =
        new CocoPanoptic(file, masks, false, groundTruth.index, annotations, hadoop);
    panoptic.requireListed();
    for (CocoImage image : groundTruth.images()) {
      if (!annotations.containsKey(image.id())) {
        throw new InvalidInputException(
            "%s: no prediction for image %s (id %s), which %s annotates"
                .formatted(file, image.name(), image.id(), groundTruth.file));
      }
    }
    return panoptic;
  }

  /**
   * Reads a file.
   *
   * @param index takes images and categories; null when only annotations are looked at
   * @param annotations takes the annotations by image id
   */
  static void read(
      String file,
      CocoIndex index,
      Map<String, CocoPanopticAnnotation> annotations,
      Configuration hadoop) {
    try (JsonStream stream = JsonStream.open(StorageLocation.parse(file, "annotations"), hadoop)) {
      stream.object(
          "the file",
          name -> {
            if (name.equals("annotations")) {
              stream.list("annotations", () -> readAnnotation(stream, annotations));
              return true;
            }
            if (index != null && name.equals("images")) {
              index.readImages(stream);
              return true;
            }
            if (index != null && name.equals("categories")) {
              index.readCategories(stream);
              return true;
            }
            return false;
          });
      stream.requireEnd();
    }
  }

  private static void readAnnotation(
      JsonStream stream, Map<String, CocoPanopticAnnotation> annotations) {
    CocoPanopticAnnotation annotation = CocoPanopticAnnotation.read(stream);
    if (annotations.put(annotation.imageId(), annotation) != null) {
      throw stream.failure("image id %s is annotated twice".formatted(annotation.imageId()));
    }
  }

  private void requireListed() {
    annotations.forEach(
        (id, annotation) -> {
          CocoImage image = index.image(id, file, "the annotation " + annotation.fileName());
          annotation.segments().forEach(segment -> classOf(segment, image));
        });
  }

  private int classOf(CocoPanopticAnnotation.Segment segment, CocoImage image) {
    return index.classOf(segment.category(), file, image, "segment " + segment.id());
  }

  /** The categories in ascending order of their ids; a category's place is its class. */
  public List<CocoCategory> categories() {
    return index.categories();
  }

  /** The images that this file annotates, in ascending order of their ids. */
  public List<CocoImage> images() {
    return index.images().stream().filter(image -> annotations.containsKey(image.id())).toList();
  }

  /**
   * Reads the segmentation of an image. Whether map and segments agree is for the metric to say.
   *
   * @param image one of {@link #images()}
   * @throws InvalidInputException when the PNG is missing, damaged, not of three channels or of
   *     another size than the image
   */
  public PanopticMap read(CocoImage image) {
    CocoPanopticAnnotation annotation = annotations.get(image.id());
    if (annotation == null) {
      throw new InvalidInputException("%s: does not annotate image %s".formatted(file, image));
    }
    Path mask = StoredFiles.child(masks, annotation.fileName());
    SegmentIdMap map =
        ImageDecoder.decodeSegmentIds(
            StoredFiles.read(mask, LARGEST_MASK_BYTES, hadoop), mask.toString());
    if (image.height() > 0 && (map.height() != image.height() || map.width() != image.width())) {
      throw new InvalidInputException(
          "%s: %d x %d pixels, but image %s has %d x %d (width x height)"
              .formatted(
                  mask, map.width(), map.height(), image.name(), image.width(), image.height()));
    }
    List<PanopticSegment> segments = new ArrayList<>();
    for (CocoPanopticAnnotation.Segment segment : annotation.segments()) {
      int classId = classOf(segment, image);
      segments.add(
          truth
              ? new PanopticSegment(segment.id(), classId, segment.crowd(), segment.area())
              : PanopticSegment.predicted(segment.id(), classId));
    }
    return new PanopticMap(map.height(), map.width(), map.ids(), segments);
  }
}
