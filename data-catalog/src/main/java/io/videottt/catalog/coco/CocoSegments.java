package io.videottt.catalog.coco;

import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.SegmentIdMap;
import io.videottt.catalog.truth.SegmentDisagreement;
import io.videottt.catalog.truth.SegmentPlaces;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The panoptic ground truth of one image in COCO's form. Pixels of ignored categories are {@link
 * PanopticMap#UNSCORED}. Where the list and the map of a published data set disagree, they are
 * taken as they stand, as by the COCO panoptic API: a segment without pixels is listed, and pixels
 * of an id that is not listed keep it. Elsewhere that is a defect.
 *
 * @param file the JSON file, for messages
 * @param image what the file says about the image
 * @param annotation the image's segments
 * @param mask the PNG file with the segments' ids
 */
record CocoSegments(
    Path file,
    CocoImage image,
    CocoPanopticAnnotation annotation,
    Path mask,
    SourceClasses classes,
    Configuration hadoop) {

  private static final int MOST_IDS_NAMED = 5;

  /** Reads the map. What is wrong with it is not scored, unless defects are refused. */
  PanopticMap read(Problems problems) {
    SegmentIdMap map =
        ImageDecoder.decodeSegmentIds(StoredFiles.image(mask, hadoop), mask.toString());
    requireSize(map, problems);
    List<CocoPanopticAnnotation.Segment> listed = distinct(problems);
    int[] classIds = new int[listed.size()];
    for (int place = 0; place < classIds.length; place++) {
      classIds[place] = classOf(listed.get(place), problems);
    }
    boolean[] drawn = new boolean[listed.size()];
    markUnscored(map.ids(), listed, classIds, drawn, problems);
    List<PanopticSegment> segments = new ArrayList<>();
    for (int place = 0; place < classIds.length; place++) {
      CocoPanopticAnnotation.Segment segment = listed.get(place);
      if (!drawn[place] && !classes.published()) {
        problems.add(mismatch(segment.id(), "is listed, but has no pixel in " + mask));
      } else if (isSegment(classIds[place])) {
        segments.add(
            new PanopticSegment(segment.id(), classIds[place], segment.crowd(), segment.area()));
      }
    }
    PanopticMap panoptic = new PanopticMap(map.height(), map.width(), map.ids(), segments);
    if (classes.published()) {
      problems.warnings().ifPresent(tally -> note(SegmentDisagreement.of(panoptic), tally));
    }
    return panoptic;
  }

  private void note(SegmentDisagreement found, Tally<TruthWarning> tally) {
    if (found.unlistedPixels() > 0) {
      tally.add(
          TruthWarning.UNLISTED_PIXELS,
          found.unlistedPixels(),
          "%s: image %s: %d pixels in %s of %s, not listed"
              .formatted(file, image.name(), found.unlistedPixels(), mask, ids(found.unlisted())));
    }
    if (!found.undrawn().isEmpty()) {
      tally.add(
          TruthWarning.UNDRAWN_SEGMENTS,
          found.undrawn().size(),
          "%s: image %s: no pixel in %s of %s"
              .formatted(file, image.name(), mask, ids(found.undrawn())));
    }
  }

  private static String ids(Set<Integer> segments) {
    String first =
        segments.stream()
            .limit(MOST_IDS_NAMED)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    int more = segments.size() - MOST_IDS_NAMED;
    return "segment " + first + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private void requireSize(SegmentIdMap map, Problems problems) {
    if (image.height() > 0 && (map.height() != image.height() || map.width() != image.width())) {
      problems.add(
          new FileProblem(
              FileProblem.Kind.WRONG_SIZE,
              "%s: %d x %d pixels, but %s says that image %s has %d x %d (width x height)"
                  .formatted(
                      mask,
                      map.width(),
                      map.height(),
                      file,
                      image.name(),
                      image.width(),
                      image.height())));
    }
  }

  private List<CocoPanopticAnnotation.Segment> distinct(Problems problems) {
    Map<Integer, CocoPanopticAnnotation.Segment> segments = new LinkedHashMap<>();
    for (CocoPanopticAnnotation.Segment segment : annotation.segments()) {
      if (segments.putIfAbsent(segment.id(), segment) != null) {
        problems.add(mismatch(segment.id(), "is listed twice"));
      }
    }
    return List.copyOf(segments.values());
  }

  private int classOf(CocoPanopticAnnotation.Segment segment, Problems problems) {
    int classId = classes.of(segment.category());
    if (classId == SourceClasses.UNKNOWN) {
      problems.add(
          classes.unknown(
              "%s: image %s: the category %d of segment %d"
                  .formatted(file, image.name(), segment.category(), segment.id())));
    }
    return classId;
  }

  private static boolean isSegment(int classId) {
    return classId != SourceClasses.UNKNOWN && classId != SemanticCounts.IGNORE;
  }

  /**
   * Marks every pixel of a segment that no class is scored for, and notes which segments have
   * pixels.
   */
  private void markUnscored(
      int[] ids,
      List<CocoPanopticAnnotation.Segment> listed,
      int[] classIds,
      boolean[] drawn,
      Problems problems) {
    SegmentPlaces places =
        new SegmentPlaces(listed.stream().mapToInt(CocoPanopticAnnotation.Segment::id).toArray());
    SortedSet<Integer> unlisted = new TreeSet<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == PanopticMap.VOID) {
        continue;
      }
      int place = places.of(ids[i]);
      if (place == SegmentPlaces.NONE) {
        unlisted.add(ids[i]);
      } else {
        drawn[place] = true;
      }
      if (place == SegmentPlaces.NONE ? !classes.published() : !isSegment(classIds[place])) {
        ids[i] = PanopticMap.UNSCORED;
      }
    }
    if (!classes.published()) {
      for (int id : unlisted) {
        problems.add(mismatch(id, "has pixels in " + mask + ", but is not listed"));
      }
    }
  }

  private FileProblem mismatch(int segment, String what) {
    return new FileProblem(
        FileProblem.Kind.SEGMENT_MISMATCH,
        "%s: image %s: segment %d %s".formatted(file, image.name(), segment, what));
  }
}
