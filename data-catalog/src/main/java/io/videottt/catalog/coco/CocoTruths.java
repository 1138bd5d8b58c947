package io.videottt.catalog.coco;

import io.videottt.base.Task;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.truth.AbsentTruth;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.truth.TruthSource;
import io.videottt.metrics.InstanceTruth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** The ground truth of a video in COCO's form. Its files are read when the first frame is asked. */
final class CocoTruths implements TruthSource {

  /**
   * Where the files are.
   *
   * @param panoptic JSON file with the segments
   * @param masks folder of the PNG files with the segments' ids
   * @param instances JSON file with the objects
   */
  record Places(Optional<Path> panoptic, Optional<Path> masks, Optional<Path> instances) {

    /** What the files are called where it is told what results depend on. */
    static final String PANOPTIC = "panoptic.json";

    static final String MASKS = "masks/";
    static final String INSTANCES = "instances.json";

    void addTo(InputFiles files) {
      panoptic.ifPresent(file -> files.addFile(PANOPTIC, file));
      masks.ifPresent(folder -> files.addAll(MASKS, folder, name -> name.endsWith(".png")));
      instances.ifPresent(file -> files.addFile(INSTANCES, file));
    }
  }

  private final Places places;
  private final CocoFiles files;
  private final SourceClasses classes;
  private final LabelPolicy labels;
  private final Set<String> images;

  /** The tasks that the panoptic files serve. */
  private final Set<Task> uses;

  private final boolean wantsObjects;

  /** Null until they are first asked for. */
  private List<FileProblem> problems;

  /**
   * @param places at least one of panoptic and instances, as the tasks need
   * @param labels whether every frame must be annotated
   * @param images the names of the images that there are; an annotation of any other is a defect
   */
  CocoTruths(
      Places places,
      Set<Task> tasks,
      CocoFiles files,
      SourceClasses classes,
      LabelPolicy labels,
      Set<String> images) {
    this.places = places;
    this.files = files;
    this.classes = classes;
    this.labels = labels;
    this.images = images;
    this.wantsObjects = places.instances().isPresent() && tasks.contains(Task.INSTANCE);
    this.uses = EnumSet.noneOf(Task.class);
    if (places.panoptic().isPresent()) {
      uses.addAll(tasks);
      if (wantsObjects) {
        uses.remove(Task.INSTANCE);
      }
    }
  }

  @Override
  public Optional<StoredTruth> of(String frame) {
    Optional<CocoSegments> segments =
        uses.isEmpty() ? Optional.empty() : segments(frame, places.panoptic().orElseThrow());
    Optional<Function<Problems, List<InstanceTruth>>> objects =
        wantsObjects ? objects(frame, places.instances().orElseThrow()) : Optional.empty();
    boolean segmentsMissing = !uses.isEmpty() && segments.isEmpty();
    boolean objectsMissing = wantsObjects && objects.isEmpty();
    if (labels == LabelPolicy.REQUIRED && (segmentsMissing || objectsMissing)) {
      Path file = (segmentsMissing ? places.panoptic() : places.instances()).orElseThrow();
      return Optional.of(new AbsentTruth(source(file, frame)));
    }
    if (segments.isEmpty() && objects.isEmpty()) {
      return Optional.empty();
    }
    Path file = (segments.isPresent() ? places.panoptic() : places.instances()).orElseThrow();
    return Optional.of(new CocoTruth(source(file, frame), segments, uses, objects, classes));
  }

  private static String source(Path file, String frame) {
    return "%s: image %s".formatted(file, frame);
  }

  private Optional<CocoSegments> segments(String frame, Path file) {
    CocoSegmentList list = files.segments(file);
    return list.image(frame)
        .flatMap(
            image ->
                list.annotation(image)
                    .map(
                        annotation ->
                            new CocoSegments(
                                file,
                                image,
                                annotation,
                                list.mask(places.masks().orElseThrow(), annotation, files.hadoop()),
                                classes,
                                files.hadoop())));
  }

  private Optional<Function<Problems, List<InstanceTruth>>> objects(String frame, Path file) {
    CocoObjectList list = files.objects(file);
    return list.image(frame).map(image -> problems -> list.objects(image, classes, problems));
  }

  @Override
  public synchronized List<FileProblem> problems() {
    if (problems == null) {
      problems = List.copyOf(findProblems());
    }
    return problems;
  }

  private List<FileProblem> findProblems() {
    List<FileProblem> found = new ArrayList<>();
    if (!uses.isEmpty()) {
      Path file = places.panoptic().orElseThrow();
      CocoSegmentList list = files.segments(file);
      found.addAll(list.problems());
      list.images().stream()
          .filter(image -> list.annotation(image).isPresent())
          .forEach(image -> requireImage(file, image, list.frame(image), found));
    }
    if (wantsObjects) {
      Path file = places.instances().orElseThrow();
      CocoObjectList list = files.objects(file);
      found.addAll(list.problems());
      list.images().forEach(image -> requireImage(file, image, list.frame(image), found));
    }
    return found;
  }

  private void requireImage(Path file, CocoImage image, String frame, List<FileProblem> found) {
    // Another file may need the extension to tell its images apart.
    if (Stream.of(frame, image.name(), image.fileName()).noneMatch(images::contains)) {
      found.add(
          new FileProblem(
              FileProblem.Kind.UNKNOWN_IMAGE,
              "%s: annotates image %s (id %s), which is not among the frames"
                  .formatted(file, image.fileName(), image.id())));
    }
  }
}
