package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.file.JsonStream;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.SegmentIdMap;
import io.videottt.io.storage.StorageLocation;
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
 * where there is none). What is asked of the files is what the COCO panoptic API asks: predictions
 * agree with their maps, ground truth need not, and predictions of images that the ground truth
 * does not annotate are not looked at. Immutable, safe to share between threads.
 */
public final class CocoPanoptic {

  private static final int LARGEST_MASK_BYTES = 256 << 20;

  private final String file;
  private final Path masks;
  private final boolean truth;
  private final CocoIndex index;
  private final Map<String, CocoPanopticAnnotation> annotations;
  private final CocoPaths paths;
  private final int unused;
  private final Configuration hadoop;

  private CocoPanoptic(
      String file,
      String masks,
      boolean truth,
      CocoIndex index,
      Map<String, CocoPanopticAnnotation> annotations,
      int unused,
      Configuration hadoop) {
    this.file = file;
    this.masks = StorageLocation.parse(masks, "folder of masks");
    this.truth = truth;
    this.index = index;
    this.annotations = annotations;
    this.paths = paths(annotations);
    this.unused = unused;
    this.hadoop = hadoop;
  }

  /**
   * Reads the ground truth: categories, images and segments. An annotated image that the file does
   * not list is one whose size is not known.
   *
   * @param file JSON, any Hadoop path
   * @param masks folder of the PNG files, any Hadoop path
   * @throws InvalidInputException when the file is malformed, or has no categories or annotations
   */
  public static CocoPanoptic groundTruth(String file, String masks, Configuration hadoop) {
    CocoIndex index = new CocoIndex(file);
    Map<String, CocoPanopticAnnotation> annotations = new HashMap<>();
    read(file, index, annotations, hadoop);
    annotations.forEach(
        (id, found) -> {
          if (!index.lists(id)) {
            index.add(new CocoImage(id, found.fileName(), 0, 0));
          }
        });
    index.finish();
    if (annotations.isEmpty()) {
      throw new InvalidInputException("%s: has no annotations".formatted(file));
    }
    return new CocoPanoptic(file, masks, true, index, annotations, 0, hadoop);
  }

  /**
   * Reads predictions.
   *
   * @param file JSON, any Hadoop path; only its annotations are looked at
   * @param masks folder of the PNG files, any Hadoop path
   * @param groundTruth whose images and categories the predictions are about
   * @throws InvalidInputException when the file is malformed
   */
  public static CocoPanoptic predictions(
      String file, String masks, CocoPanoptic groundTruth, Configuration hadoop) {
    Map<String, CocoPanopticAnnotation> annotations = new HashMap<>();
    read(file, null, annotations, hadoop);
    int all = annotations.size();
    annotations.keySet().retainAll(groundTruth.annotations.keySet());
    return new CocoPanoptic(
        file, masks, false, groundTruth.index, annotations, all - annotations.size(), hadoop);
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

  /** How the masks of annotations are found. */
  static CocoPaths paths(Map<String, CocoPanopticAnnotation> annotations) {
    return CocoPaths.of(
        annotations.values().stream().map(CocoPanopticAnnotation::fileName).toList());
  }

  private int classOf(CocoPanopticAnnotation.Segment segment, CocoImage image) {
    return index.classOf(segment.category(), file, image, "segment " + segment.id());
  }

  /** The categories in ascending order of their ids; a category's place is its class. */
  public List<CocoCategory> categories() {
    return index.categories();
  }

  /** How many predictions are of images that the ground truth does not annotate. */
  public int unused() {
    return unused;
  }

  /** The file of an image for results, which no other image of the ground truth has. */
  public String fileOf(CocoImage image) {
    return index.file(image);
  }

  /** The images that this file annotates, in ascending order of their ids. */
  public List<CocoImage> images() {
    return index.images().stream().filter(image -> annotations.containsKey(image.id())).toList();
  }

  /**
   * Reads the segmentation of an image. Whether map and segments agree is for the metric to say,
   * and the size that counts is the map's.
   *
   * @param image one of {@link #images()}
   * @throws InvalidInputException when there is no segmentation of it, a segment is of a category
   *     that the ground truth does not list, or the PNG is missing, damaged or not of three
   *     channels
   */
  public PanopticMap read(CocoImage image) {
    CocoPanopticAnnotation annotation = annotation(image);
    Path mask = mask(image);
    SegmentIdMap map =
        ImageDecoder.decodeSegmentIds(
            StoredFiles.read(mask, LARGEST_MASK_BYTES, hadoop), mask.toString());
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

  /** The PNG file of an image's segmentation. */
  public Path mask(CocoImage image) {
    return paths.in(masks, annotation(image).fileName(), file + ": file_name", hadoop);
  }

  private CocoPanopticAnnotation annotation(CocoImage image) {
    CocoPanopticAnnotation annotation = annotations.get(image.id());
    if (annotation == null) {
      throw new InvalidInputException(
          "%s: no prediction for image %s (id %s)".formatted(file, image.name(), image.id()));
    }
    return annotation;
  }
}
